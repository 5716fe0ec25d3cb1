import { classOf, Is } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';

const BACKSLASH = 92;
const LINE_FEED = 10;

/**
 * Where a quoted value ends: at its quote, that in escaped text has as many backslashes as the first one. One without an
 * end goes to the end of the text.
 *
 * @param quote the place of the opening quote
 * @param from the place of the first backslash before it, or its own
 * @param most how far it is followed
 */
export function quotedEnd(scan: Scan, quote: number, from: number, most = scan.length): number {
  const { codes } = scan;
  const length = Math.min(scan.length, quote + most);
  const mark = codes[quote];
  const escaped = codes[from] === BACKSLASH ? quote - from : 0;
  let slashes = 0;
  for (let at = quote + 1; at < length; at += 1) {
    const code = codes[at];
    if (code === BACKSLASH) {
      slashes += 1;
      continue;
    }
    if (code === mark) {
      if (escaped === 0 && slashes % 2 === 0) return at;
      // fewer backslashes: the text around the value ends here
      if (escaped > 0 && slashes <= escaped) return at - slashes;
    }
    slashes = 0;
  }
  return length;
}

/** Where a value in brackets ends, after its closing one; brackets in quotes do not count. */
export function bracketEnd(scan: Scan, start: number): number {
  const { codes, length } = scan;
  let depth = 0;
  let quote = 0;
  for (let at = start; at < length; at += 1) {
    const code = codes[at] as number;
    if (code === BACKSLASH && quote !== 0 && codes[at + 1] !== quote) at += 1;
    else if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if ((classOf(code) & Is.quote) !== 0 && !isApostrophe(scan, at)) quote = code;
    else if (code === 91 || code === 123) depth += 1;
    else if ((code === 93 || code === 125) && --depth === 0) return at + 1;
  }
  return length;
}

function isApostrophe(scan: Scan, at: number): boolean {
  return scan.codes[at] === 39 && (scan.classAt(at - 1) & Is.word) !== 0;
}

/** Where a block of YAML (`key: |`) ends: before the first line that is indented no more than its key; `start` for none. */
export function blockEnd(scan: Scan, start: number, keyStart: number): number {
  let at = start + 1;
  while (scan.codes[at] === 43 || scan.codes[at] === 45 || (scan.classAt(at) & Is.digit) !== 0) at += 1;
  if (scan.codes[at] !== LINE_FEED) return start;
  const indent = indentOf(scan, lineStart(scan, keyStart));
  let end = at;
  while (end < scan.length) {
    const next = end + 1;
    if (scan.codes[next] !== LINE_FEED && indentOf(scan, next) <= indent) break;
    end = next;
    while (end < scan.length && scan.codes[end] !== LINE_FEED) end += 1;
  }
  return end > at ? end : start;
}

function indentOf(scan: Scan, from: number): number {
  let at = from;
  while (scan.codes[at] === 32) at += 1;
  return at - from;
}

/** No further back than an indent goes. */
function lineStart(scan: Scan, from: number): number {
  let at = from;
  while (at > 0 && from - at < 256 && scan.codes[at - 1] === 32) at -= 1;
  return at;
}
