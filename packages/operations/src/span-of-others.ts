import { type Span, TraceFlags } from '@opentelemetry/api';
import { type SpanIds, spanIds } from '@otel-monitor/bound-metrics';
import { hexWord } from '@otel-monitor/runtime';

/** The ids of a span that somebody else's SDK made, if it is sampled; a span that throws has none. */
export function sampledIds(span: Span): SpanIds | undefined {
  try {
    const { traceId, spanId, traceFlags } = span.spanContext();
    return (traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : spanIds(traceId, spanId);
  } catch {
    return undefined;
  }
}

/** The last 32 bits of the trace id of a span that somebody else made; 0 where there is none. */
export function lastTraceWord(span: Span): number {
  try {
    return hexWord(span.spanContext().traceId, 24);
  } catch {
    return 0;
  }
}

/** Ends it; what its processors throw must not reach the application. */
export function endSpan(span: Span): void {
  try {
    span.end();
  } catch {
    // it is the owner's to tell
  }
}
