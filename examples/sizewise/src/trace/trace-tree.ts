import type { Span } from './span.js';

/** A span with what happened in it, in the order in which it began. */
export interface TraceNode {
  readonly span: Span;
  readonly children: readonly TraceNode[];
}

/**
 * The spans of a trace as trees: one where all of it has arrived. A span whose parent is missing stands at the top, and so
 * does the first of a circle, which only a broken sender makes.
 */
export function traceTrees(spans: readonly Span[]): TraceNode[] {
  const inOrder = [...spans].sort((a, b) => a.startMillis - b.startMillis || b.durationMillis - a.durationMillis);
  const known = new Set(spans.map(({ spanId }) => spanId));
  const placed = new Set<Span>();
  const node = (span: Span): TraceNode => {
    placed.add(span);
    const inside = inOrder.filter((each) => each.parentSpanId === span.spanId && !placed.has(each));
    for (const each of inside) placed.add(each);
    return { span, children: inside.map(node) };
  };
  const tops = inOrder.filter(({ parentSpanId }) => parentSpanId === undefined || !known.has(parentSpanId)).map(node);
  for (const span of inOrder) if (!placed.has(span)) tops.push(node(span));
  return tops;
}
