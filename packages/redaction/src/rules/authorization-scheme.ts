import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';
import { isLikelySecret } from './likely-secret.js';

const MAX_GAP = 8;
const SHORTEST = 6;
/** A token of letters alone is one when it is longer than words are. */
const LONGER_THAN_WORDS = 24;

const cased = (...schemes: string[]) =>
  schemes.flatMap((scheme) => [scheme.toLowerCase(), scheme, scheme.toUpperCase()]);

/** `Bearer …` and `Basic …` anywhere in text; "basic authentication" and "bearer of news" are words. */
export const authorizationSchemeRule: Rule = {
  name: 'authorization scheme',
  at: [...cased('Bearer', 'Basic', 'Token', 'Negotiate', 'ApiKey'), 'NTLM', 'DPoP'],
  look(scan, at) {
    const wordEnd = scan.runEnd(at, Is.letter);
    const start = skipGap(scan, wordEnd);
    if (start === wordEnd || scan.isReplaced(start)) return at;
    const end = tokenEnd(scan, start);
    if (end - start < SHORTEST || !isCredential(scan, at, start, end)) return at;
    scan.cut(start, end);
    return end;
  },
};

function skipGap(scan: Scan, from: number): number {
  let at = from;
  while (at < from + MAX_GAP && (scan.codes[at] === 32 || scan.codes[at] === 9)) at += 1;
  return scan.has(from, '%20') ? from + 3 : at;
}

/** Without the mark of the sentence. */
function tokenEnd(scan: Scan, start: number): number {
  const end = scan.runEnd(start, Is.token68);
  return scan.codes[end - 1] === 46 ? end - 1 : end;
}

function isCredential(scan: Scan, at: number, start: number, end: number): boolean {
  const letter = (scan.codes[at] as number) | 32;
  const second = (scan.codes[at + 1] as number) | 32;
  if (letter === 98 && second === 97) return isUserAndPassword(scan, start, end);
  if (letter === 98) return isTokenLike(scan, start, end);
  // Token, Negotiate, NTLM, DPoP and ApiKey are words or names as well: what follows must be long and mixed
  return end - start >= 16 && isLikelySecret(scan, start, end);
}

/** What RFC 7617 has: base64 of a name, a colon and a password. Both alphabets are read. */
function isUserAndPassword(scan: Scan, start: number, end: number): boolean {
  let bits = 0;
  let size = 0;
  for (let at = start; at < end; at += 1) {
    const code = scan.codes[at] as number;
    if (code === EQUALS) break;
    const value = sextetOf(code);
    if (value === -1) return false;
    bits = ((bits << 6) | value) & 0xffff;
    size += 6;
    if (size < 8) continue;
    size -= 8;
    if (((bits >> size) & 0xff) === COLON) return true;
  }
  return false;
}

const EQUALS = 61;
const COLON = 58;

/** The six bits of a character of base64; -1 for any other. */
function sextetOf(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43 || code === 45) return 62;
  return code === 47 || code === 95 ? 63 : -1;
}

/** A digit, a capital after the first letter, a mark that words do not have, or longer than words are. */
function isTokenLike(scan: Scan, start: number, end: number): boolean {
  if (end - start >= LONGER_THAN_WORDS) return true;
  for (let at = start; at < end; at += 1) {
    const classes = scan.classAt(at);
    if ((classes & Is.digit) !== 0 || (at > start && (classes & Is.upper) !== 0)) return true;
    if ((classes & Is.word) === 0 && scan.codes[at] !== 45 && at < end - 1) return true;
  }
  return false;
}
