import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

export const traceId = '0af7651916cd43dd8448eb211c80319c';
export const spanId = 'b7ad6b7169203331';
export const fields = { trace_id: traceId, span_id: spanId, trace_flags: '01' };

/** Runs `work` while a span with these ids is active. */
export function inSpan<T>(work: () => T, traceFlags = 1, ids: { traceId?: string; spanId?: string } = {}): T {
  return context.with(trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, ...ids }), work);
}

/** Context as a program with an SDK has it; gives the way back. */
export function keepContext(): () => void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return () => context.disable();
}
