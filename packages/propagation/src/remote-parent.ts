import { type Context, createContextKey, type SpanContext, trace } from '@opentelemetry/api';
import { RANDOM_FLAG } from './traceparent.js';

/** The trace id of which a caller said that it is random. */
const RANDOM_TRACE_KEY = createContextKey('otel-monitor.random-trace');

/**
 * A context in which spans continue the trace of `spanContext`, as `extract` gives it.
 *
 * A trace id that came with the random flag keeps it on all the way (W3C Trace Context level 2, "Random Trace ID Flag"). The
 * SDK's spans and those of other SDKs keep the sampled flag alone, so the context remembers it beside them.
 */
export function withRemoteParent(context: Context, spanContext: SpanContext): Context {
  const inTrace = trace.setSpanContext(context, spanContext);
  return (spanContext.traceFlags & RANDOM_FLAG) === 0
    ? inTrace
    : inTrace.setValue(RANDOM_TRACE_KEY, spanContext.traceId);
}

/** Whether a caller said of this trace id that it is random. */
export function isRandomTrace(context: Context, traceId: string): boolean {
  return context.getValue(RANDOM_TRACE_KEY) === traceId;
}
