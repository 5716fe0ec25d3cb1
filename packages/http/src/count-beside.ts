import type { Span } from '@opentelemetry/api';
import { type HistogramSeries, metricStore } from '@otel-monitor/bound-metrics';
import { sampledIds } from '@otel-monitor/operations';
import type { Counting } from './other-recorders.js';

/** Counts a request that another instrumentation records in `span`, in seconds, where it does not count it itself. */
export function countBeside(counting: Counting, duration: HistogramSeries, seconds: number, span: Span): void {
  if (counting === 'nowhere') return;
  if (counting === 'everywhere') duration.record(seconds, sampledIds(span));
  else metricStore.unmirrored(() => duration.record(seconds, sampledIds(span)));
}
