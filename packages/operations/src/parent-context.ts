import { type Context, context, isSpanContextValid, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { readTraceparent, withRemoteParent } from '@otel-monitor/propagation';
import type { OperationOptions, RemoteParent } from './operation-options.js';

/** The context in which an operation starts; an invalid parent gives a new trace. Never throws. */
export function parentContext(parent: OperationOptions['parent']): Context {
  if (parent === undefined || parent === null) return context.active();
  try {
    if (typeof parent !== 'string' && isContext(parent)) return parent;
    const base = trace.deleteSpan(context.active());
    const spanContext = remoteSpanContext(parent);
    return spanContext === undefined ? base : withRemoteParent(base, spanContext);
  } catch {
    return ROOT_CONTEXT;
  }
}

/** The span of another process or another time that is named by ids or by a header; undefined when it is not valid. */
export function remoteSpanContext(named: RemoteParent | string): SpanContext | undefined {
  const spanContext = typeof named === 'string' ? readTraceparent(named) : fromIds(named);
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext : undefined;
}

/** Whether it is a context of whichever copy of the API. */
export function isContext(given: object): given is Context {
  return typeof (given as Context).getValue === 'function' && typeof (given as Context).setValue === 'function';
}

function fromIds({ traceId, spanId, traceFlags = 1 }: RemoteParent): SpanContext {
  return { traceId, spanId, traceFlags: traceFlags & 3, isRemote: true };
}
