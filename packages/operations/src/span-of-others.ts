import { type Span, TraceFlags } from '@opentelemetry/api';
import { type SpanIds, spanIds } from '@otel-monitor/bound-metrics';
import { hexWord } from '@otel-monitor/runtime';

/** What distinguishes traces well enough: the last half of the id, as 32-bit words. */
type TraceWords = Pick<SpanIds, 'traceId2' | 'traceId3'>;

const NO_TRACE: TraceWords = { traceId2: 0, traceId3: 0 };

/** The ids of a span that somebody else's SDK made, if it is sampled; a span that throws has none. */
export function sampledIds(span: Span): SpanIds | undefined {
  try {
    const { traceId, spanId, traceFlags } = span.spanContext();
    return (traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : spanIds(traceId, spanId);
  } catch {
    return undefined;
  }
}

/** The last half of the trace id of a span that somebody else made; zeros where there is none. */
export function traceWordsOf(span: Span): TraceWords {
  try {
    const { traceId } = span.spanContext();
    return { traceId2: hexWord(traceId, 16), traceId3: hexWord(traceId, 24) };
  } catch {
    return NO_TRACE;
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
