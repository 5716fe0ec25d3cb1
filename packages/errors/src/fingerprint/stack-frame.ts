/** Most frames that are read of one stack trace. */
const MAX_FRAMES = 100;
/** Longest place that is kept of one frame: a data: URL is a whole program. */
const MAX_LOCATION = 1024;
const EVAL = 'eval at ';
const MAX_EVALS = 8;

/** One line of V8's stack trace, taken apart and not yet judged. */
export interface StackFrame {
  /** As V8 wrote it, without `async` and `new`; empty where it wrote none. */
  readonly functionName: string;
  /** What it was called as: `[as handle]`. */
  readonly calledAs: string | undefined;
  /** File, URL, or one of V8's words for none (`<anonymous>`, `native`, `index 0`); of code from `eval`, where that was called. */
  readonly location: string;
  /** From 1; 0 where there is none. */
  readonly line: number;
  readonly column: number;
  /** It waited for what failed, and was not on the stack. */
  readonly isAsync: boolean;
  /** Where the function's name stands in the text. */
  readonly nameFrom: number;
  /** Where the location with its line and column stands in the text; both 0 for code from `eval`. */
  readonly from: number;
  readonly to: number;
}

/**
 * Takes V8's text apart, in time linear in it (V8, "Stack trace API"). Lines that are no frames are passed over. Total on
 * any text.
 */
export function parseFrames(text: string): StackFrame[] {
  const frames: StackFrame[] = [];
  let start = 0;
  while (start < text.length && frames.length < MAX_FRAMES) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const frame = parseLine(text.slice(start, end), start);
    if (frame !== undefined) frames.push(frame);
    start = end + 1;
  }
  return frames;
}

function parseLine(line: string, offset: number): StackFrame | undefined {
  let start = 0;
  while (isSpace(line.charCodeAt(start))) start += 1;
  if (!line.startsWith('at ', start)) return undefined;
  start += 3;
  const isAsync = line.startsWith('async ', start);
  if (isAsync) start += 6;
  if (line.startsWith('new ', start)) start += 4;
  let end = line.length;
  while (end > start && isSpace(line.charCodeAt(end - 1))) end -= 1;
  if (end <= start) return undefined;
  // a path may have parentheses of its own: the first one with a space before it is V8's
  const open = line.charCodeAt(end - 1) === 41 ? line.indexOf(' (', start) : -1;
  let name = open === -1 ? '' : line.slice(start, open);
  let calledAs: string | undefined;
  if (name.endsWith(']')) {
    const as = name.lastIndexOf(' [as ');
    if (as !== -1) {
      calledAs = name.slice(as + 5, -1);
      name = name.slice(0, as);
    }
  }
  const from = open === -1 ? start : open + 2;
  const to = open === -1 ? end : end - 1;
  const isEval = line.startsWith(EVAL, from);
  const place = isEval ? evalOrigin(line.slice(from, to)) : line.slice(from, to);
  // `path:line:column` is read from its end: a path may have colons
  const last = colonBefore(place, place.length);
  const first = last === -1 ? -1 : colonBefore(place, last);
  const locationEnd = first !== -1 ? first : last !== -1 ? last : place.length;
  return {
    functionName: name,
    calledAs,
    location: place.slice(0, Math.min(locationEnd, MAX_LOCATION)),
    line: last === -1 ? 0 : digits(place, locationEnd + 1),
    column: first === -1 ? 0 : digits(place, last + 1),
    isAsync,
    nameFrom: offset + start,
    from: isEval ? 0 : offset + from,
    to: isEval ? 0 : offset + to,
  };
}

/** Where the outermost `eval` was called: `eval at a (eval at b (/app/c.js:1:2), <anonymous>:1:1)` is `/app/c.js:1:2`. */
function evalOrigin(location: string): string {
  let inner = location;
  for (let depth = 0; depth < MAX_EVALS && inner.startsWith(EVAL); depth += 1) {
    const open = inner.indexOf(' (');
    if (open === -1) return '<anonymous>';
    inner = inner.slice(open + 2);
  }
  const close = inner.indexOf(')');
  return close === -1 ? inner : inner.slice(0, close);
}

/** Where the colon before the digits that end at `end` is; -1 without one, or with more digits than a line number has. */
function colonBefore(text: string, end: number): number {
  let at = end - 1;
  while (at >= 0 && end - at < 10 && isDigit(text.charCodeAt(at))) at -= 1;
  return at >= 0 && at < end - 1 && text.charCodeAt(at) === 58 ? at : -1;
}

function digits(text: string, start: number): number {
  let value = 0;
  for (let at = start; isDigit(text.charCodeAt(at)); at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
