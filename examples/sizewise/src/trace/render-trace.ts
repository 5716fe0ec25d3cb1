import type { Span } from './span.js';
import { servicesOf, type Trace } from './trace-store.js';
import { type TraceNode, traceTrees } from './trace-tree.js';

/** How a trace is shown. */
export interface RenderOptions {
  /** Characters of a line. */
  readonly columns: number;
  /** Escape codes of a terminal: failed spans in red, services in dim. */
  readonly colour?: boolean;
}

interface Row {
  readonly label: string;
  readonly span: Span;
}

const KINDS: Record<number, string> = { 2: '←', 3: '→', 4: '⇢', 5: '⇠' };
const NARROWEST_BAR = 10;
const WIDEST_BAR = 40;
const DURATION_WIDTH = 10;

/**
 * A trace as a tree, a line a span: its name (→ asks another service, ← is asked), the service, the duration, and a bar
 * where in the whole it was.
 */
export function renderTrace(trace: Trace, { columns, colour = false }: RenderOptions): string[] {
  const rows = traceTrees(trace.spans).flatMap((tree) => rowsOf(tree, '', ''));
  const start = Math.min(...trace.spans.map(({ startMillis }) => startMillis));
  const end = Math.max(...trace.spans.map(({ startMillis, durationMillis }) => startMillis + durationMillis));
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const serviceWidth = Math.max(...rows.map(({ span }) => span.service.length));
  const left = columns - labelWidth - serviceWidth - DURATION_WIDTH - 8;
  const barWidth = Math.min(WIDEST_BAR, Math.max(NARROWEST_BAR, left));
  const paint = (code: number, text: string) => (colour && code > 0 ? `\x1b[${code}m${text}\x1b[0m` : text);
  const lines = rows.map(({ label, span }) => {
    const failed = span.isFailed ? ' ✗' : '';
    const name = paint(span.isFailed ? 31 : 0, label.padEnd(labelWidth));
    const service = paint(2, span.service.padEnd(serviceWidth));
    const bar = barOf(span, start, end - start, barWidth);
    return `${name}  ${service}  ${millis(span.durationMillis)}  ${bar}${paint(31, failed)}`;
  });
  const head = `trace ${trace.traceId}: ${trace.spans.length} spans, ${servicesOf(trace).size} services, ${millis(end - start).trim()}`;
  return [head, ...lines];
}

function rowsOf({ span, children }: TraceNode, first: string, rest: string): Row[] {
  const kind = KINDS[span.kind];
  const label = `${first}${kind === undefined ? '' : `${kind} `}${printable(span.name)}`;
  return [
    { label, span },
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      return rowsOf(child, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`);
    }),
  ];
}

function barOf({ startMillis, durationMillis }: Span, start: number, whole: number, width: number): string {
  const scale = whole > 0 ? width / whole : 0;
  const from = Math.min(width - 1, Math.floor((startMillis - start) * scale));
  const length = Math.max(1, Math.min(width - from, Math.round(durationMillis * scale)));
  return `${'·'.repeat(from)}${'━'.repeat(length)}${'·'.repeat(width - from - length)}`;
}

function millis(duration: number): string {
  return `${duration.toFixed(duration < 10 ? 2 : 1)} ms`.padStart(DURATION_WIDTH);
}

/** Names come from elsewhere: what a terminal would act on is left out. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}
