import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator } from '@opentelemetry/core';
import type { PropagatorName } from '@otel-monitor/config';
import { B3Propagator, BaggagePropagator, TraceContextPropagator } from '@otel-monitor/propagation';

const PROPAGATORS: Readonly<Record<PropagatorName, () => TextMapPropagator>> = {
  tracecontext: () => new TraceContextPropagator(),
  baggage: () => new BaggagePropagator(),
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ encoding: 'multi' }),
};

/** The propagators of that names, in their order (specification, SDK environment variables, `OTEL_PROPAGATORS`). */
export function createPropagator(names: readonly PropagatorName[]): TextMapPropagator {
  return new CompositePropagator({ propagators: names.map((name) => PROPAGATORS[name]()) });
}
