import type { ReceivedSpan } from './spans-by-otlp.js';

const KINDS: Readonly<Record<number, string>> = { 2: 'server', 3: 'client', 4: 'producer', 5: 'consumer' };

/**
 * One trace as lines, a span each, under its parent and in the order they started; then the spans of other traces that are
 * linked to it.
 */
export function traceLines(spans: readonly ReceivedSpan[], traceId: string): string[] {
  const trace = spans.filter((span) => span.traceId === traceId).sort((a, b) => a.startMillis - b.startMillis);
  const ids = new Set(trace.map(({ spanId }) => spanId));
  const start = trace[0]?.startMillis ?? 0;
  const rows: [string, string][] = [];
  const grow = (parent: string | undefined, depth: number) => {
    for (const span of trace) {
      const isChild = parent === undefined ? !ids.has(span.parentSpanId ?? '') : span.parentSpanId === parent;
      if (!isChild) continue;
      rows.push(['  '.repeat(depth) + span.name, about(span, start)]);
      grow(span.spanId, depth + 1);
    }
  };
  grow(undefined, 0);
  const width = Math.max(0, ...rows.map(([name]) => name.length)) + 2;
  const lines = rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`);
  const linked = spans.filter(
    (span) => span.traceId !== traceId && span.links.some((link) => link.traceId === traceId),
  );
  return [...lines, ...linked.map((span) => linkedLine(span, traceId))];
}

function about({ startMillis, endMillis, kind, service, errorType, attempt }: ReceivedSpan, start: number): string {
  const times = `${(startMillis - start).toFixed(1).padStart(6)} ms + ${(endMillis - startMillis).toFixed(1).padStart(4)}`;
  const words = [service.padEnd(11), KINDS[kind] ?? ''];
  if (attempt !== undefined) words.push(`attempt ${attempt}`);
  if (errorType !== undefined) words.push(`failed: ${errorType}`);
  return `${times}  ${words.filter((word) => word !== '').join('  ')}`.trimEnd();
}

function linkedLine({ name, links, traceId }: ReceivedSpan, to: string): string {
  const here = links.filter((link) => link.traceId === to).length;
  return `  ${name}, in the trace ${traceId}, has ${links.length} links, ${here} of them to this trace`;
}
