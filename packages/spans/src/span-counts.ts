import type { MeterProvider } from '@opentelemetry/api';
import { SDK_INFO } from '@opentelemetry/core';
import { bindCounter } from './bind-counter.js';

/** Where a span's parent is (semantic conventions, `otel.span.parent.origin`). */
export type ParentOrigin = 'none' | 'local' | 'remote';

type Counts = { readonly [origin in ParentOrigin]: { add(value: number): void } };

/**
 * The counts of spans that the SDK's tracer keeps of its own (semantic conventions, OpenTelemetry SDK metrics), for spans
 * that no SDK makes: the same metrics of the same scope, and the same series.
 */
export class SpanCounts {
  readonly sampled: Counts;
  readonly dropped: Counts;
  /** Recording spans that have not ended. */
  readonly live: { add(value: number): void };

  constructor(meterProvider: MeterProvider) {
    const meter = meterProvider.getMeter('@opentelemetry/sdk-trace', String(SDK_INFO['telemetry.sdk.version']));
    const started = meter.createCounter('otel.sdk.span.started', {
      unit: '{span}',
      description: 'The number of created spans.',
    });
    const live = meter.createUpDownCounter('otel.sdk.span.live', {
      unit: '{span}',
      description: 'The number of currently live spans.',
    });
    const countsOf = (result: string): Counts => {
      const count = (origin: ParentOrigin) =>
        bindCounter(started, { 'otel.span.parent.origin': origin, 'otel.span.sampling_result': result });
      return { none: count('none'), local: count('local'), remote: count('remote') };
    };
    this.sampled = countsOf('RECORD_AND_SAMPLE');
    this.dropped = countsOf('DROP');
    this.live = bindCounter(live, { 'otel.span.sampling_result': 'RECORD_AND_SAMPLE' });
  }
}
