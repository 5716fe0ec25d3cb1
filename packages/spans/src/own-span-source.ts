import type { MeterProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { OperationTracer, Scope, SpanSource } from '@otel-monitor/runtime';
import { OwnTracer } from './own-tracer.js';
import type { RecordedSpan } from './recorded-span.js';
import { SpanCounts } from './span-counts.js';
import type { SpanLimits } from './span-limits.js';
import { type SamplingRule, WordSampler } from './word-sampler.js';

export interface SpanSourceSettings {
  readonly resource: Resource;
  readonly limits: SpanLimits;
  readonly sampling: SamplingRule;
  /** Takes the counts `otel.sdk.span.*`. */
  readonly meterProvider: MeterProvider;
  /** Takes sampled spans that have ended, and must not throw; left out: nothing is exported. */
  readonly export?: ((span: RecordedSpan) => void) | undefined;
}

/** Makes the spans of operations; put it into `runtimeState.spanSource` where the tracer provider is ours. */
export class OwnSpanSource implements SpanSource {
  readonly #settings: ConstructorParameters<typeof OwnTracer>[0];

  constructor({ sampling, meterProvider, ...settings }: SpanSourceSettings) {
    this.#settings = { ...settings, sampler: new WordSampler(sampling), counts: new SpanCounts(meterProvider) };
  }

  tracer({ name, version }: Scope): OperationTracer {
    return new OwnTracer(this.#settings, { name, version });
  }
}
