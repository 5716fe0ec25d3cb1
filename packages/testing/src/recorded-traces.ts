import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** A span of a trace with its children, as a literal: what is empty or unset is left out. */
export interface TraceNode {
  name: string;
  attributes?: Attributes;
  status?: 'ok' | 'error';
  statusMessage?: string;
  events?: { name: string; attributes?: Attributes }[];
  /** In the order they started. */
  children?: TraceNode[];
}

/** The ended spans as trees, in the order they started. A child whose parent has not ended here is a root. */
export function traceTrees(spans: readonly ReadableSpan[]): TraceNode[] {
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  const childrenOf = new Map<string, ReadableSpan[]>();
  for (const span of inOrder(spans)) {
    const parent = span.parentSpanContext?.spanId ?? '';
    const key = known.has(parent) ? parent : '';
    childrenOf.set(key, [...(childrenOf.get(key) ?? []), span]);
  }
  const grow = (id: string): TraceNode[] =>
    (childrenOf.get(id) ?? []).map((span) => node(span, grow(span.spanContext().spanId)));
  return grow('');
}

function inOrder(spans: readonly ReadableSpan[]): ReadableSpan[] {
  return [...spans].sort((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1]);
}

function node(span: ReadableSpan, children: TraceNode[]): TraceNode {
  const result: TraceNode = { name: span.name };
  if (Object.keys(span.attributes).length > 0) result.attributes = { ...span.attributes };
  if (span.status.code !== SpanStatusCode.UNSET) {
    result.status = span.status.code === SpanStatusCode.ERROR ? 'error' : 'ok';
    if (span.status.message !== undefined) result.statusMessage = span.status.message;
  }
  if (span.events.length > 0) {
    result.events = span.events.map(({ name, attributes }) =>
      attributes === undefined ? { name } : { name, attributes: { ...attributes } },
    );
  }
  if (children.length > 0) result.children = children;
  return result;
}
