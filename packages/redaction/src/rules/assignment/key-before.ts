import { isSecret } from '../../keys/key-matcher.js';
import { Tells } from '../../keys/key-words.js';
import { classOf, Is } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';

const MAX_KEY = 64;
/** Spaces, quotes, brackets and colours between a key and its separator. */
const MAX_BETWEEN = 8;
const MAX_COLOUR = 6;

/** What a key ends with, or what stands between it and its separator. */
const MAY_END = Is.key | Is.space | Is.quote | Is.enclosing;

const BACKSLASH = 92;
const PERCENT = 37;
const SPACE = 32;
const DOT = 46;

/** The key before a separator. One search runs at a time, so that one object is enough for all. */
export const key = {
  start: 0,
  end: 0,
  /** Bits of `Tells`. */
  tells: 0,
  isSecret: false,
  /** True for a parameter of a query. */
  isInQuery: false,
  hasDot: false,
  /** True where the pair stands in percent code, in which `%26` and `%22` end a value; elsewhere they are a part of it. */
  isEncoded: false,
};

const decoded = new Uint16Array(MAX_KEY);

/** Reads the key that ends before a separator into `key`; false when there is none. */
export function readKeyBefore(scan: Scan, separator: number): boolean {
  const { codes } = scan;
  const end = keyEnd(scan, separator);
  const first = Math.max(scan.floor, end - MAX_KEY);
  let start = end;
  let has = 0;
  let isEncoded = false;
  let hasDot = false;
  while (start > first) {
    const code = codes[start - 1] as number;
    const classes = classOf(code);
    if ((classes & Is.key) === 0) break;
    if (code === PERCENT) {
      const mark = encodedMark(scan, start - 1, end);
      if (mark !== 0) {
        start += 2;
        return readAfterMark(scan, start, end, mark);
      }
      isEncoded = true;
    }
    if (code === DOT) hasDot = true;
    has |= classes;
    start -= 1;
  }
  if ((has & Is.letter) === 0 || end - start < scan.policy.keys.shortest) return false;
  key.start = start > 0 && codes[start - 1] === BACKSLASH ? withoutEscape(scan, start, end) : start;
  key.end = end;
  key.hasDot = hasDot;
  key.isEncoded = codes[separator] === PERCENT;
  if (isEncoded) {
    tellDecoded(scan);
    return true;
  }
  key.tells = scan.policy.keys.tell(codes, key.start, end);
  key.isInQuery = isAfterParameterMark(scan, key.start);
  key.isSecret =
    isSecret(key.tells) ||
    (key.isInQuery && (key.tells & Tells.parameter) !== 0) ||
    ((key.tells & Tells.tail) !== 0 && isTwoWords(scan));
  return true;
}

/** A quick look: right before the separator stand as many characters of a key as the shortest has, or other marks. */
export function mayBeKeyBefore({ codes, policy }: Scan, separator: number): boolean {
  const last = codes[separator - 1] as number;
  if (last === SPACE) return separator > 1 && (classOf(codes[separator - 2] as number) & MAY_END) !== 0;
  if ((classOf(last) & Is.key) === 0 || last === 109 || policy.keys.shortest < 3) return true;
  if (separator < 3) return false;
  return (classOf(codes[separator - 2] as number) & classOf(codes[separator - 3] as number) & Is.key) !== 0;
}

/** What a percent code stands for that ends a key, as `%26` for `&`; 0 for what may be in a key, or is no code. */
function encodedMark(scan: Scan, at: number, end: number): number {
  if (at + 2 >= end || !isHex(scan, at + 1) || !isHex(scan, at + 2)) return 0;
  const code = hexValue(scan.codes[at + 1] as number) * 16 + hexValue(scan.codes[at + 2] as number);
  return (classOf(code) & Is.key) === 0 ? code : 0;
}

/** The key that starts after a mark in percent code: `%3Ftoken`. */
function readAfterMark(scan: Scan, start: number, end: number, mark: number): boolean {
  if (end - start < scan.policy.keys.shortest) return false;
  key.start = start;
  key.end = end;
  key.hasDot = false;
  key.isEncoded = true;
  tellDecoded(scan);
  key.isInQuery = isParameterMark(mark);
  key.isSecret = isSecret(key.tells) || (key.isInQuery && (key.tells & Tells.parameter) !== 0);
  return true;
}

function keyEnd(scan: Scan, separator: number): number {
  const last = scan.codes[separator - 1] as number;
  if ((classOf(last) & Is.key) !== 0 && last !== 109) return separator;
  const least = Math.max(scan.floor, separator - MAX_BETWEEN);
  let end = separator;
  while (end > least) {
    const code = scan.codes[end - 1] as number;
    const isBetween = code === SPACE || code === 9 || code === BACKSLASH || code === 93 || isQuote(code);
    if (isBetween) end -= 1;
    else if (code === 109 && colourStart(scan, end) < end) end = colourStart(scan, end);
    else break;
  }
  return end;
}

const isQuote = (code: number) => code === 34 || code === 39 || code === 96;

/** Where the escape sequence of a colour starts that ends here; `end` when there is none. */
function colourStart(scan: Scan, end: number): number {
  const start = scan.runStart(end - 1, Is.digit, MAX_COLOUR);
  return scan.endsWith(start, '\u001b[') ? start - 2 : end;
}

/** In `\ntoken=` and `\u0026token=` of escaped text the name starts after the escape. */
function withoutEscape(scan: Scan, start: number, end: number): number {
  const code = scan.codes[start] as number;
  if (code === 117 && end - start > 5) return start + 5;
  return code === 110 || code === 114 || code === 116 ? start + 1 : start;
}

/** The same for a name with percent code in it. */
function tellDecoded(scan: Scan): void {
  let length = 0;
  for (let at = key.start; at < key.end; at += 1) {
    const code = scan.codes[at] as number;
    const isCode = code === PERCENT && at + 2 < key.end && isHex(scan, at + 1) && isHex(scan, at + 2);
    decoded[length] = isCode
      ? hexValue(scan.codes[at + 1] as number) * 16 + hexValue(scan.codes[at + 2] as number)
      : code;
    length += 1;
    if (isCode) at += 2;
  }
  let start = length;
  while (start > 0 && (classOf(decoded[start - 1] as number) & Is.key) !== 0) start -= 1;
  key.tells = scan.policy.keys.tell(decoded, start, length);
  key.isInQuery = isAfterParameterMark(scan, key.start);
  key.isSecret = isSecret(key.tells) || (key.isInQuery && (key.tells & Tells.parameter) !== 0);
}

const isHex = (scan: Scan, at: number) => (classOf(scan.codes[at] as number) & Is.hex) !== 0;
const hexValue = (code: number) => (code < 58 ? code - 48 : (code | 32) - 87);

/** `?`, `&` and `#`. */
const isParameterMark = (code: number) => code === 63 || code === 38 || code === 35;

function isAfterParameterMark(scan: Scan, start: number): boolean {
  if (start === 0) return scan.isQuery;
  const code = scan.codes[start - 1] as number;
  if (code === 59) return scan.endsWith(start, '&amp;');
  return isParameterMark(code) || (code === 54 && scan.endsWith(start, '\\u0026'));
}

/** `API key`, `connection string`: the word before belongs to the name. */
function isTwoWords(scan: Scan): boolean {
  if (key.start === 0) return false;
  const code = scan.codes[key.start - 1];
  if (code !== SPACE && code !== 45) return false;
  const start = scan.runStart(key.start - 1, Is.key, MAX_KEY);
  if (key.start - 1 - start < scan.policy.keys.shortestBefore) return false;
  const tells = scan.policy.keys.tell(scan.codes, start, key.end);
  if (!isSecret(tells)) return false;
  key.tells = tells;
  return true;
}
