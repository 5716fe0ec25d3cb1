import type { Span } from '@opentelemetry/api';
import type { HistogramSeries } from '@otel-monitor/bound-metrics';
import type { OperationSpan } from '@otel-monitor/runtime';
import { sampledIds } from './span-of-others.js';

/**
 * Records how long the work of a span took, with the ids that lead from the bucket to its trace if it is sampled.
 *
 * @param own the span, where it is one of ours
 * @param startMillis a reading of `performance.now()`, as `nowMillis`
 */
export function recordDuration(
  duration: HistogramSeries,
  span: Span,
  own: OperationSpan | undefined,
  startMillis: number,
  nowMillis: number,
): void {
  const seconds = Math.max(0, nowMillis - startMillis) / 1000;
  if (own === undefined) duration.record(seconds, sampledIds(span));
  else if (own.isSampled) duration.record(seconds, own, own.epochMillis(nowMillis));
  else duration.record(seconds);
}
