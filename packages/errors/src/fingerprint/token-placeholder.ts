import { addressPlaceholder } from './address-placeholder.js';
import { isDigit, isLetter, kindsOf } from './character.js';
import { isMadeUp } from './made-up-word.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DAY = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4})$/;
const NUMBER = /^[+-]?[$\u20ac\u00a3#]?[+-]?\d[\d,._'/:\u2013-]*(?:e[+-]?\d+)?[%\u00b0]?$/i;
const DURATION = /^-?(?:\d+(?:\.\d+)?(?:ns|us|\u00b5s|ms|s|secs?|m|mins?|h|hrs?|d))+$/i;
const SIZE = /^-?\d+(?:\.\d+)?(?:b|bytes|[kmgtp]i?b)$/i;
const COUNTED = /^\d+(?:st|nd|rd|th|x|k|px)$/i;
const PAIR = /^[A-Za-z_][\w.-]*[=:](?=.)/;
const HEX = /^[0-9a-f]+$/i;
/** Keys, sessions, signatures. */
const LONG_TOKEN = /^[A-Za-z0-9+/_=-]{20,}$/;
const LETTERS = 1;
const DIGITS = 2;
const WORD = 1 | 2 | 8;
const MAX_DEPTH = 3;

/**
 * A token (what has no space, and no punctuation around it) with placeholders for what differs from error to error. Total,
 * and linear in the token.
 */
export function placeholderOf(token: string, depth = 0): string {
  const kinds = kindsOf(token);
  if (kinds === DIGITS) return '<number>';
  if (kinds === LETTERS) return token.length >= 8 && isMadeUp(token) ? '<id>' : token;
  if (token.length >= 20 && LONG_TOKEN.test(token) && isMixed(token)) return '<token>';
  if ((kinds & ~WORD) === 0) return namePlaceholder(token, kinds);
  if (NUMBER.test(token)) return addressPlaceholder(token) ?? (token.startsWith('#') ? '#<number>' : '<number>');
  const address = addressPlaceholder(token);
  if (address !== undefined) return address;
  const pair = depth < MAX_DEPTH ? PAIR.exec(token)?.[0] : undefined;
  if (pair !== undefined) return pair + placeholderOf(token.slice(pair.length), depth + 1);
  if (DURATION.test(token)) return '<duration>';
  if (SIZE.test(token)) return '<size>';
  return partsPlaceholder(token);
}

/** Letters, digits, `-` and `_`. */
function namePlaceholder(token: string, kinds: number): string {
  if ((kinds & DIGITS) === 0) return token.length < 8 ? token : partsPlaceholder(token);
  if (token.length === 36 && UUID.test(token)) return '<id>';
  if (isDigit(token.charCodeAt(0)) || token.charCodeAt(0) === 45) {
    if (DAY.test(token)) return '<date>';
    if (SIZE.test(token)) return '<size>';
    if (NUMBER.test(token)) return '<number>';
  }
  return partsPlaceholder(token);
}

/** `worker-12`, `req_3f2a9c1b`, `tile12`: part by part. An id with marks of its own within is one id. */
function partsPlaceholder(token: string): string {
  let made = '';
  let last = '';
  let ids = 0;
  let longest = 0;
  /** From here on nothing is copied yet. */
  let from = 0;
  let at = 0;
  while (at < token.length) {
    if (!isWordCharacter(token.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < token.length && isWordCharacter(token.charCodeAt(at))) at += 1;
    const part = token.slice(start, at);
    const placed = partPlaceholder(part);
    if (placed === part) {
      longest = Math.max(longest, part.length);
      last = '';
      continue;
    }
    if (placed === '<id>') ids += 1;
    // `1.2.3`, `a1b2-c3d4`: one value
    if (placed !== last) made += token.slice(from, start) + placed;
    from = at;
    last = placed.endsWith('<number>') ? '<number>' : placed;
  }
  if (ids > 1 || (ids === 1 && longest > 0 && longest <= 2)) return '<id>';
  return from === 0 ? token : made + token.slice(from);
}

function partPlaceholder(part: string): string {
  let digits = 0;
  while (isDigit(part.charCodeAt(part.length - 1 - digits))) digits += 1;
  if (digits === part.length) return '<number>';
  let letters = 0;
  while (letters < part.length - digits && isLetter(part.charCodeAt(letters))) letters += 1;
  if (letters === part.length) return part.length >= 8 && isMadeUp(part) ? '<id>' : part;
  if (letters + digits === part.length) {
    // `tile12` but not `abc123`, which may be half of an id
    if ((part.length < 6 || !HEX.test(part)) && !isMadeUp(part.slice(0, letters)))
      return `${part.slice(0, letters)}<number>`;
    return '<id>';
  }
  if (isDigit(part.charCodeAt(0))) {
    if (DURATION.test(part)) return '<duration>';
    if (COUNTED.test(part)) return '<number>';
  }
  return '<id>';
}

/** Digits, capitals and small letters: no word of a language. */
function isMixed(text: string): boolean {
  return /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

function isWordCharacter(code: number): boolean {
  return isDigit(code) || isLetter(code);
}
