import { isSecret } from '../keys/key-matcher.js';
import { Tells } from '../keys/key-words.js';
import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';
import { key, mayBeKeyBefore, readKeyBefore } from './assignment/key-before.js';
import { isRemark } from './assignment/remark.js';
import { readValueAfter, skipSpaces, value } from './assignment/value-after.js';
import { isDigit } from './phone/digit-groups.js';
import { isPhoneLike } from './phone/phone-like.js';

const EQUALS = 61;
const COLON = 58;
/** How far after the name of a secret its value may come: `{"name":"password","value":"…"}`. */
const NAMED_WITHIN = 64;
const SOURCE_FILE =
  /\.(?:[cm]?[jt]sx?|json|ya?ml|html|css|md|py|rb|go|java|php|cs|rs|vue|svelte|kt|swift|sql|txt|log|c|h|cpp)$/i;

/**
 * `password=…`, `token: …`, `"apiKey":"…"`, `?access_token=…`, header lines, `name: password, value: …`: the value after a
 * key that is secret by its name. At each `:` and `=` the key is read back to the last character that cannot be in one.
 */
export const assignmentRule: Rule = {
  name: 'assignment',
  at: [':', '=', '%3D', '%3A', '%3d', '%3a'],
  // a character of a key, or what may stand between it and its separator
  before: Is.key | Is.space | Is.quote | Is.enclosing,
  look(scan, at) {
    if (at === 0) return at;
    const { codes } = scan;
    if (codes[at] === COLON && isDigit(codes[at + 1] as number)) {
      const place = placeEnd(scan, at);
      if (place > at) return place;
    }
    if (!mayBeKeyBefore(scan, at)) return at;
    const after = separatorEnd(scan, at);
    if (after === 0) return at;
    const replaced = codes[after] === 32 ? after + 1 : after;
    if (scan.isReplaced(replaced)) return replaced + scan.policy.replacement.length;
    if (!readKeyBefore(scan, at)) return at;
    if (key.isSecret) return secretValue(scan, at, after);
    const { tells } = key;
    if (tells === 0) return at;
    if ((tells & Tells.naming) !== 0) noteName(scan, after);
    else if ((tells & Tells.named) !== 0 && key.start < scan.namedTo) {
      scan.namedTo = 0;
      return secretValue(scan, at, after);
    } else if ((tells & Tells.phone) !== 0) return phoneValue(scan, at, after);
    return at;
  },
};

const MAX_PLACE = 7;

/** The end of a line and column: `:12:34` before a bracket or space, nearly every colon of a stack; `at` for all else. */
function placeEnd({ codes }: Scan, at: number): number {
  let end = at + 2;
  while (isDigit(codes[end] as number)) end += 1;
  if (codes[end] !== COLON || end - at > MAX_PLACE) return at;
  const column = end + 1;
  end = column;
  while (isDigit(codes[end] as number)) end += 1;
  const after = codes[end] as number;
  return end > column && end - column < MAX_PLACE && (after === 41 || after === 10 || after === 0) ? end : at;
}

/** Where the separator here ends; 0 for what is none, as `::` and `%30`. */
function separatorEnd(scan: Scan, at: number): number {
  const { codes } = scan;
  if (codes[at] === 37) return (codes[at + 2] as number) > 57 && codes[at + 1] === 51 ? encodedEnd(scan, at) : 0;
  let end = at + 1;
  if (codes[at] === COLON && codes[end] === COLON) return 0;
  while (end < at + 3 && codes[end] === EQUALS) end += 1;
  return codes[end] === 62 ? end + 1 : end;
}

/** `%3D` and `%3A`, not `%3C` and the like. */
function encodedEnd(scan: Scan, at: number): number {
  const code = (scan.codes[at + 2] as number) | 32;
  return code === 100 || code === 97 ? at + 3 : 0;
}

function secretValue(scan: Scan, at: number, after: number): number {
  const { codes } = scan;
  if (isAboutCode(scan, at, after)) return at;
  const isColon = codes[at] === COLON;
  const isLine = (key.tells & Tells.line) !== 0;
  const wholeLine = isLine && (isColon || !key.isInQuery) && codes[at] !== 37;
  if (!readValueAfter(scan, after, wholeLine, key.isInQuery, key.start)) return at;
  const isCompared = codes[at] === EQUALS && codes[at + 1] === EQUALS;
  // a query has no sentences
  if (isRemark(scan, value.start, value.end, value.isQuoted || key.isInQuery, isCompared)) return at;
  scan.cut(value.start, value.end);
  return value.end;
}

/** What a parser says of a syntax error, the place in a source file, and the working folder of a shell. */
function isAboutCode(scan: Scan, at: number, after: number): boolean {
  if (scan.before(key.start) === 32 && scan.before(key.start - 1) === 100 && scan.endsWith(key.start, 'nexpected '))
    return true;
  if (scan.codes[at] === COLON && key.hasDot && SOURCE_FILE.test(scan.slice(key.start, key.end))) return true;
  const isFolder = scan.codes[after] === 47 || scan.codes[after + 1] === COLON;
  return (
    isFolder &&
    scan.codes[at - 1] === 68 &&
    scan.endsWith(key.end, 'PWD') &&
    (key.end - key.start === 3 || scan.has(key.start, 'OLDPWD'))
  );
}

/** Remembers that a secret was named, whose value comes next. */
function noteName(scan: Scan, after: number): void {
  let start = skipSpaces(scan, after);
  while (scan.codes[start] === 92) start += 1;
  if ((scan.classAt(start) & Is.quote) !== 0) start += 1;
  const end = scan.runEnd(start, Is.key, 64);
  scan.namedTo =
    end - start >= scan.policy.keys.shortest && isSecret(scan.policy.keys.tell(scan.codes, start, end))
      ? end + NAMED_WITHIN
      : 0;
}

/** A number under a key that tells of phones needs no form of its own. */
function phoneValue(scan: Scan, at: number, after: number): number {
  if (!readValueAfter(scan, after, false, key.isInQuery, key.start)) return at;
  if (!value.isQuoted) value.end = scan.runEnd(value.start, Is.digit | Is.space | Is.domain, 24);
  const end = phoneRunEnd(scan, value.start);
  if (value.isQuoted && end !== value.end) return at;
  if (!isPhoneLike(scan.codes, value.start, end)) return at;
  scan.cut(value.start, end);
  return end;
}

const MAX_PHONE = 24;

/** Digits with what may stand between them; ends with a digit. */
function phoneRunEnd(scan: Scan, start: number): number {
  let last = start;
  for (let at = start; at < start + MAX_PHONE && at < scan.length; at += 1) {
    const code = scan.codes[at] as number;
    if (code >= 48 && code <= 57) last = at + 1;
    else if (code !== 32 && code !== 40 && code !== 41 && code !== 43 && code !== 45 && code !== 46 && code !== 47)
      break;
  }
  return last;
}
