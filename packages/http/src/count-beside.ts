import type { Span } from '@opentelemetry/api';
import { type HistogramSeries, metricStore } from '@otel-monitor/bound-metrics';
import { recordDuration } from '@otel-monitor/operations';
import type { Counting } from './other-recorders.js';

/**
 * Counts a request that another instrumentation records in `span`, where it does not count it itself.
 *
 * @param startMillis a reading of `performance.now()`, as `nowMillis`
 */
export function countBeside(
  counting: Counting,
  duration: HistogramSeries,
  span: Span,
  startMillis: number,
  nowMillis: number,
): void {
  if (counting === 'nowhere') return;
  const record = () => recordDuration(duration, span, undefined, startMillis, nowMillis);
  if (counting === 'everywhere') record();
  else metricStore.unmirrored(record);
}
