import { type Context, context, isSpanContextValid, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { readTraceparent, withRemoteParent } from '@otel-monitor/propagation';
import type { OperationOptions, RemoteParent } from './operation-options.js';

/** The context in which an operation starts; an invalid parent gives a new trace. Never throws. */
export function parentContext(parent: OperationOptions['parent']): Context {
  if (parent === undefined || parent === null) return context.active();
  try {
    if (typeof parent === 'string') return withRemote(readTraceparent(parent));
    if (isContext(parent)) return parent;
    return withRemote(fromIds(parent));
  } catch {
    return ROOT_CONTEXT;
  }
}

function withRemote(spanContext: SpanContext | undefined): Context {
  const base = trace.deleteSpan(context.active());
  return spanContext !== undefined && isSpanContextValid(spanContext) ? withRemoteParent(base, spanContext) : base;
}

function fromIds({ traceId, spanId, traceFlags = 1 }: RemoteParent): SpanContext {
  return { traceId, spanId, traceFlags: traceFlags & 3, isRemote: true };
}

function isContext(parent: object): parent is Context {
  return typeof (parent as Context).getValue === 'function' && typeof (parent as Context).setValue === 'function';
}
