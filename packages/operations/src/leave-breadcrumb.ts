import type { Span } from '@opentelemetry/api';
import { type EndedWork, hexWord, type OperationSpan, recentOperations, runtimeState } from '@otel-monitor/runtime';

/**
 * Notes work that has ended, for errors that come later.
 *
 * @param own the span, where it is one of ours
 * @param startMillis a reading of `performance.now()`, as `nowMillis`
 */
export function leaveBreadcrumb(
  work: EndedWork,
  span: Span,
  own: OperationSpan | undefined,
  startMillis: number,
  nowMillis: number,
): void {
  if (!(runtimeState.errors.breadcrumbs > 0)) return;
  recentOperations.add(work, startMillis, nowMillis, own === undefined ? lastTraceWord(span) : own.traceId3);
}

/** The last 32 bits of the trace id of a span that somebody else made; 0 where there is none. */
function lastTraceWord(span: Span): number {
  try {
    return hexWord(span.spanContext().traceId, 24);
  } catch {
    return 0;
  }
}
