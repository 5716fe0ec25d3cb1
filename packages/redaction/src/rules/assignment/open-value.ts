import { WordAutomaton } from '../../keys/word-automaton.js';
import { classOf, Is } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';
import { key } from './key-before.js';

const BACKSLASH = 92;
const AMPERSAND = 38;
const APOSTROPHE = 39;
const MAX_PAIR_KEY = 64;
const MAX_TRAILING = 4;
/** Words after which the credentials themselves come. */
const WITH_TOKEN = 1;
/** The same with several parameters. */
const WITH_PARAMETERS = 2;
const schemes = new WordAutomaton(
  [
    ...'bearer basic token apikey dpop negotiate ntlm jwt key'.split(' ').map((word) => [word, WITH_TOKEN] as const),
    ...'digest hawk signature aws4hmacsha256 oauth mac'.split(' ').map((word) => [word, WITH_PARAMETERS] as const),
  ],
  0,
  WITH_TOKEN | WITH_PARAMETERS,
);
const MIN_SCHEME = 3;
const MAX_SCHEME = 16;

/** Where a value without quotes ends: at a space, a quote, a tag, or where the next pair begins. */
export function runEnd(scan: Scan, start: number, isInQuery: boolean, isEncoded = false): number {
  const { codes, length } = scan;
  let end = start;
  for (; end < length; end += 1) {
    const code = codes[end] as number;
    if (code === 37) {
      if (isEncoded && isEncodedEnd(scan, end)) break;
      continue;
    }
    if ((classOf(code) & Is.valueEnd) === 0) continue;
    if (code === BACKSLASH) {
      if (isEscapedEnd(codes[end + 1] as number)) break;
    } else if (code === APOSTROPHE) {
      if (!isBetweenWords(scan, end)) break;
    } else if (code === AMPERSAND || code === 59 || code === 44) {
      if ((isInQuery && code === AMPERSAND) || isNextPair(scan, end, end === start)) break;
    } else break;
  }
  return isClosing(codes[end - 1] as number) ? end - trailing(scan, start, end) : end;
}

/** `%26`, `%22`, `%3C`: `& " <` in percent code. */
function isEncodedEnd(scan: Scan, at: number): boolean {
  return scan.codes[at + 1] === 50 && (scan.codes[at + 2] === 54 || scan.codes[at + 2] === 50);
}

/** Escapes of line ends, tabs, quotes and characters. */
function isEscapedEnd(code: number): boolean {
  return code === 110 || code === 114 || code === 116 || code === 117 || code === 34 || code === APOSTROPHE;
}

function isBetweenWords(scan: Scan, at: number): boolean {
  return (scan.classAt(at - 1) & Is.word) !== 0 && (scan.classAt(at + 1) & Is.word) !== 0;
}

/** After `&`, `;` or `,`: the text ends, a space or a quote comes, or a key with its separator. */
function isNextPair(scan: Scan, at: number, isFirst: boolean): boolean {
  const next = at + 1;
  if (next >= scan.length || (scan.classAt(next) & (Is.space | Is.quote)) !== 0) return true;
  if (isFirst && scan.codes[at] !== AMPERSAND) return false;
  const end = scan.runEnd(next, Is.key, MAX_PAIR_KEY);
  const code = scan.codes[end];
  return end > next && (code === 61 || (code === 59 && scan.codes[at] === AMPERSAND));
}

function trailing(scan: Scan, start: number, end: number): number {
  // a replacement in brackets is no mark of the sentence
  if (isReplacedBefore(scan, end)) return 0;
  let count = 0;
  while (count < MAX_TRAILING && end - count > start) {
    if (!isClosing(scan.codes[end - 1 - count] as number)) break;
    count += 1;
  }
  return count;
}

/** Marks at the end that belong to the sentence around a value: `, . ) ] }` and backslash. */
function isClosing(code: number): boolean {
  return code === 44 || code === 46 || code === 41 || code === 93 || code === 125 || code === BACKSLASH;
}

function isReplacedBefore(scan: Scan, end: number): boolean {
  const { replacement } = scan.policy;
  return replacement !== '' && scan.endsWith(end, replacement);
}

/** The end of what follows a word like `Bearer`; `end` for any other value. */
export function schemeEnd(scan: Scan, start: number, end: number, isInQuery: boolean, keyStart: number): number {
  if (
    end - start < MIN_SCHEME ||
    end - start > MAX_SCHEME ||
    scan.codes[end] !== 32 ||
    (scan.classAt(start) & Is.letter) === 0
  )
    return end;
  const scheme = schemes.match(scan.codes, start, end);
  if (scheme === 0) return end;
  if (scheme === WITH_PARAMETERS) return lineEnd(scan, start, keyStart);
  const next = end + 1;
  const after = runEnd(scan, next, isInQuery, key.isEncoded);
  return after > next ? after : end;
}

/** Where the value of a header ends: with its line, or with the quotes around the header. */
export function lineEnd(scan: Scan, start: number, keyStart: number): number {
  const { codes, length } = scan;
  const around = keyStart > 0 && (scan.classAt(keyStart - 1) & Is.quote) !== 0 ? codes[keyStart - 1] : undefined;
  let end = start;
  for (; end < length; end += 1) {
    const code = codes[end] as number;
    if (code === 10 || code === 13) break;
    if (code === BACKSLASH && (codes[end + 1] === 110 || codes[end + 1] === 114)) break;
    if ((classOf(code) & Is.quote) === 0) continue;
    if (around === undefined ? !isParameterQuote(scan, end) : code === around && !isParameterQuote(scan, end)) break;
    if (!isParameterQuote(scan, end)) continue;
    const close = parameterEnd(scan, end);
    if (close === -1) break;
    end = close;
  }
  while (end > start && (scan.classAt(end - 1) & Is.space || codes[end - 1] === BACKSLASH)) end -= 1;
  return end;
}

/** `name="value"`: the quote opens a value within the header. */
function isParameterQuote(scan: Scan, at: number): boolean {
  let before = at;
  while (before > 0 && at - before < 4 && scan.codes[before - 1] === BACKSLASH) before -= 1;
  return before > 0 && scan.codes[before - 1] === 61;
}

/** The quote that closes such a value, within its line; -1 when there is none. */
function parameterEnd(scan: Scan, open: number): number {
  const { codes, length } = scan;
  for (let at = open + 1; at < length && codes[at] !== 10; at += 1) if (codes[at] === codes[open]) return at;
  return -1;
}
