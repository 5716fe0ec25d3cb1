import { type Span, TraceFlags } from '@opentelemetry/api';
import { type SpanIds, spanIds } from '@otel-monitor/bound-metrics';

/** The ids of a span that somebody else's SDK made, if it is sampled; a span that throws has none. */
export function sampledIds(span: Span): SpanIds | undefined {
  try {
    const { traceId, spanId, traceFlags } = span.spanContext();
    return (traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : spanIds(traceId, spanId);
  } catch {
    return undefined;
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
