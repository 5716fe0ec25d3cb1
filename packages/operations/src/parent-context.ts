import { type Context, context, isSpanContextValid, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import type { OperationOptions, RemoteParent } from './operation-options.js';

/** version-traceid-spanid-flags, with room for what later versions append (W3C Trace Context, "traceparent"). */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The context in which an operation starts; an invalid parent gives a new trace. Never throws. */
export function parentContext(parent: OperationOptions['parent']): Context {
  if (parent === undefined || parent === null) return context.active();
  try {
    if (typeof parent === 'string') return withRemote(fromTraceparent(parent));
    if (isContext(parent)) return parent;
    return withRemote(fromIds(parent));
  } catch {
    return ROOT_CONTEXT;
  }
}

function withRemote(spanContext: SpanContext | undefined): Context {
  const base = trace.deleteSpan(context.active());
  return spanContext !== undefined && isSpanContextValid(spanContext) ? trace.setSpanContext(base, spanContext) : base;
}

function fromTraceparent(header: string): SpanContext | undefined {
  const match = TRACEPARENT.exec(header.trim());
  // version ff is forbidden, and version 00 has exactly four fields
  if (match === null || match[1] === 'ff' || (match[1] === '00' && match[5] !== undefined)) return undefined;
  return { traceId: match[2]!, spanId: match[3]!, traceFlags: Number.parseInt(match[4]!, 16) & 1, isRemote: true };
}

function fromIds({ traceId, spanId, traceFlags = 1 }: RemoteParent): SpanContext {
  return { traceId, spanId, traceFlags: traceFlags & 1, isRemote: true };
}

function isContext(parent: object): parent is Context {
  return typeof (parent as Context).getValue === 'function' && typeof (parent as Context).setValue === 'function';
}
