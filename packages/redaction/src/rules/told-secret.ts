import { isSecret } from '../keys/key-matcher.js';
import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';
import { quotedEnd } from './assignment/enclosed-value.js';
import { runEnd } from './assignment/open-value.js';
import { isRemark } from './assignment/remark.js';
import { isLikelySecret } from './likely-secret.js';

const SPACE = 32;
const MAX_FLAG = 48;
const NOTHING: readonly [number, number] = [0, 0];
const MAX_QUOTED = 256;

const cased = (...words: string[]) =>
  words.flatMap((word) => [word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1)]);

/**
 * Secrets in sentences and SQL: `password is hunter2`, `with password 'hunter2'`, `IDENTIFIED BY 'hunter2'`. Without
 * quotes only what has letters and digits, since "password is required" tells nothing.
 */
export const toldSecretRule: Rule = {
  name: 'told secret',
  at: [
    ...cased('password ', 'passwd ', 'passphrase ', 'passcode ', 'token ', 'secret ', 'pwd '),
    'IDENTIFIED BY ',
    'identified by ',
  ],
  look(scan, at, length) {
    const word = at + length - 1;
    let start = word + 1;
    start += verbLength(scan, start);
    const first = scan.classAt(start);
    if (((first & Is.valueEnd) !== 0 && (first & Is.quote) === 0) || scan.isReplaced(start)) return at;
    const isSure = scan.codes[start] === 39 || (start === word + 1 && (scan.codes[at] as number) === 73);
    const [from, end] = valueAt(scan, start, isSure);
    if (end <= from) return at;
    scan.cut(from, end);
    return end;
  },
};

/** Of `is`, `was`, `as`, `to`, `of` and `for`, with the space after it; 0 for none. */
function verbLength(scan: Scan, at: number): number {
  switch (scan.codes[at]) {
    case 105:
      return scan.has(at, 'is ') ? 3 : 0;
    case 119:
      return scan.has(at, 'was ') ? 4 : 0;
    case 97:
      return scan.has(at, 'as ') ? 3 : 0;
    case 116:
      return scan.has(at, 'to ') ? 3 : 0;
    case 111:
      return scan.has(at, 'of ') ? 3 : 0;
    case 102:
      return scan.has(at, 'for ') ? 4 : 0;
    default:
      return 0;
  }
}

/** What stands in quotes and has no space, or looks like a secret without. */
function valueAt(scan: Scan, start: number, isSure: boolean): readonly [number, number] {
  const quote = scan.classAt(start) & Is.quote;
  if (quote === 0) {
    // letters alone are a word
    const letters = scan.runEnd(start, Is.letter);
    if (letters >= scan.length || (scan.classAt(letters) & (Is.space | Is.valueEnd)) !== 0) return NOTHING;
    if (!hasDigit(scan, letters)) return NOTHING;
    const end = runEnd(scan, start, false);
    const isLikely = isLikelySecret(scan, start, Math.min(end, start + MAX_QUOTED)) && isOneWord(scan, start, end);
    return isLikely ? [start, end] : NOTHING;
  }
  const end = quotedEnd(scan, start, start, MAX_QUOTED);
  if (scan.codes[end] !== scan.codes[start]) return NOTHING;
  for (let at = start + 1; at < end; at += 1) if ((scan.classAt(at) & Is.space) !== 0) return NOTHING;
  const isLikely = isSure || isLikelySecret(scan, start + 1, end);
  return isLikely && !isRemark(scan, start + 1, end, true, false) ? [start + 1, end] : NOTHING;
}

/** A quick look, to the next space. */
function hasDigit(scan: Scan, start: number): boolean {
  const last = Math.min(scan.length, start + MAX_QUOTED);
  let at = start;
  while (at < last && (scan.classAt(at) & (Is.digit | Is.space)) === 0) at += 1;
  return at < last && (scan.classAt(at) & Is.digit) !== 0;
}

/** No path, no call, no pair. */
function isOneWord(scan: Scan, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = scan.codes[at];
    if (code === 47 || code === 40 || code === 61 || code === 58 || code === 46) return false;
  }
  return true;
}

/** `--password hunter2`: the word after a flag that is secret by its name. */
export const flagRule: Rule = {
  name: 'command line flag',
  at: ['--'],
  before: Is.space | Is.quote,
  look(scan, at) {
    const name = at + 2;
    const end = scan.runEnd(name, Is.key, MAX_FLAG);
    if (end === name || scan.codes[end] !== SPACE) return at;
    let start = end;
    while (start < end + 4 && scan.codes[start] === SPACE) start += 1;
    if (scan.codes[start] === 45 || !isSecret(scan.policy.keys.tell(scan.codes, name, end))) return at;
    if (scan.isReplaced(start)) return at;
    const isQuoted = (scan.classAt(start) & Is.quote) !== 0;
    const from = isQuoted ? start + 1 : start;
    const to = isQuoted ? quotedEnd(scan, start, start) : runEnd(scan, start, false);
    if (to <= from || isRemark(scan, from, to, isQuoted, false)) return at;
    scan.cut(from, to);
    return to;
  },
};
