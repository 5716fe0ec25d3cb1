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

const SERVER = 2;
const CLIENT = 3;
const KINDS: Record<number, string> = { [SERVER]: '←', [CLIENT]: '→', 4: '⇢', 5: '⇠' };
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
    const name = paint(span.isFailed ? 31 : 0, label.padEnd(labelWidth));
    const service = paint(2, span.service.padEnd(serviceWidth));
    const bar = barOf(span, start, end - start, barWidth);
    return `${name}  ${service}  ${millis(span.durationMillis)}  ${bar}${endingOf(span, paint)}`;
  });
  const head = `trace ${trace.traceId}: ${trace.spans.length} spans, ${servicesOf(trace).size} services, ${millis(end - start).trim()}`;
  return [head, ...lines];
}

function rowsOf({ span, children }: TraceNode, first: string, rest: string): Row[] {
  const kind = KINDS[span.kind];
  const label = `${first}${kind === undefined ? '' : `${kind} `}${printable(`${span.name}${pathAsked(span)}`)}`;
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

/** The name of a client's span is its method alone: which path it asked for is told by the address. */
function pathAsked({ kind, attributes }: Span): string {
  const url = attributes['url.full'];
  return kind === CLIENT && typeof url === 'string' && URL.canParse(url) ? ` ${new URL(url).pathname}` : '';
}

/** What a failed span failed with; the status of an answer that is none of 2xx. */
function endingOf({ kind, isFailed, attributes }: Span, paint: (code: number, text: string) => string): string {
  const status = attributes['http.response.status_code'];
  const answered = kind === SERVER && typeof status === 'number' && status >= 300 ? `  ${status}` : '';
  const type = attributes['error.type'];
  // a server's `error.type` is its status, unless the handler threw
  const reason = type === undefined || String(type) === String(status) ? '' : ` ${printable(String(type))}`;
  return isFailed ? `${answered}${paint(31, `  ✗${reason}`)}` : answered;
}

function millis(duration: number): string {
  return `${duration.toFixed(duration < 10 ? 2 : 1)} ms`.padStart(DURATION_WIDTH);
}

/** Names come from elsewhere: what a terminal would act on is left out. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}
