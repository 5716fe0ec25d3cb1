import type { Attributes, Counter, UpDownCounter } from '@opentelemetry/api';

/** A counter that can be bound (specification, Metrics API, "Bind"); the API's own cannot yet. */
export interface BindableCounter {
  bind?(attributes: Attributes): { add(value: number): void };
}

/** The counter's handle for these attributes, whoever made it. */
export function bindCounter(
  counter: (Counter | UpDownCounter) & BindableCounter,
  attributes: Attributes,
): { add(value: number): void } {
  return counter.bind?.(attributes) ?? { add: (value) => counter.add(value, attributes) };
}
