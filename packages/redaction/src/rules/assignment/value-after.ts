import { classOf, Is } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';
import { privateKeyEnd } from '../private-key.js';
import { blockEnd, bracketEnd, quotedEnd } from './enclosed-value.js';
import { key } from './key-before.js';
import { lineEnd, runEnd, schemeEnd } from './open-value.js';

/** Spaces and colours between a separator and its value. */
const MAX_SPACES = 4;
const MAX_COLOUR = 8;
const MAX_SLASHES = 4;
const AMPERSAND = 38;

/** The value after a separator. One search runs at a time, so that one object is enough for all. */
export const value = { start: 0, end: 0, isQuoted: false };

/**
 * Reads the value that starts after a separator into `value`; false when there is none.
 *
 * @param wholeLine true for headers of several words: the value goes to the end of the line
 * @param isInQuery true for parameters of a query, which end at every `&`
 * @param keyStart where the key starts: what encloses the key encloses the value
 */
export function readValueAfter(
  scan: Scan,
  from: number,
  wholeLine: boolean,
  isInQuery: boolean,
  keyStart: number,
): boolean {
  const { codes } = scan;
  value.isQuoted = false;
  // a word right after the separator, as most values are
  const isWord =
    (classOf(codes[from] as number) & Is.word) !== 0 && (classOf(codes[from + 1] as number) & Is.quote) === 0;
  if (isWord && !wholeLine) return !scan.isReplaced(from) && openValue(scan, from, isInQuery, keyStart);
  const start = skipSpaces(scan, from);
  if (start >= scan.length || scan.isReplaced(start)) return false;
  const quote = quoteAt(scan, start);
  if (quote !== -1) {
    value.isQuoted = true;
    return within(quote + 1, quotedEnd(scan, quote, start));
  }
  const code = codes[start] as number;
  const pemEnd = code === 45 ? privateKeyEnd(scan, start, true) : -1;
  if (pemEnd !== -1) return within(start, pemEnd);
  if (code === 91 || code === 123) return within(start, bracketEnd(scan, start));
  if (code === 124 || code === 62) return within(start, blockEnd(scan, start, keyStart));
  if (code === 60) return scan.has(start, '<Buffer ') && within(start, scan.runEnd(start + 8, Is.word | Is.space));
  if (wholeLine) return within(start, lineEnd(scan, start, keyStart));
  if (isInQuery && code === AMPERSAND) return false;
  return openValue(scan, start, isInQuery, keyStart);
}

function openValue(scan: Scan, start: number, isInQuery: boolean, keyStart: number): boolean {
  const end = runEnd(scan, start, isInQuery, key.isEncoded);
  return within(start, scan.codes[end] === 32 ? schemeEnd(scan, start, end, isInQuery, keyStart) : end);
}

function within(start: number, end: number): boolean {
  value.start = start;
  value.end = end;
  return end > start;
}

/** Past spaces and the escape sequences of colours. */
export function skipSpaces(scan: Scan, from: number): number {
  let at = from;
  while (at < from + MAX_SPACES && (scan.codes[at] === 32 || scan.codes[at] === 9)) at += 1;
  if (scan.codes[at] !== 27 || scan.codes[at + 1] !== 91) return at;
  const end = scan.runEnd(at + 2, Is.digit, MAX_COLOUR);
  return scan.codes[end] === 109 ? end + 1 : at;
}

/** The place of an opening quote, after backslashes in escaped text or a letter as in Python's `b'…'`; -1 for none. */
function quoteAt(scan: Scan, start: number): number {
  const { codes } = scan;
  let at = start;
  while (at < start + MAX_SLASHES && codes[at] === 92) at += 1;
  if (at === start && (classOf(codes[at] as number) & Is.letter) !== 0) at += 1;
  return (classOf(codes[at] as number) & Is.quote) !== 0 ? at : -1;
}
