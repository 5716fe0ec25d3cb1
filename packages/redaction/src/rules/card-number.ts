import type { Rule } from '../rule.js';
import { Is, isWordAt } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const SHORTEST = 13;
const LONGEST = 19;
const MOST_GROUPS = 5;

/**
 * Card numbers: 13 to 19 digits in one piece or in groups (4-4-4-4, 4-6-5 …) with one space or dash between, of a length
 * that their issuer has (ISO/IEC 7812), right by Luhn, not a part of a longer word or number.
 */
export const cardNumberRule: Rule = {
  name: 'card number',
  atNumbers: true,
  look(scan, at) {
    const { codes } = scan;
    const first = scan.runEnd(at, Is.digit, LONGEST + 1);
    const size = first - at;
    if ((size !== 4 && (size < SHORTEST || size > LONGEST)) || (codes[at] as number) < 50 || (codes[at] as number) > 54)
      return at;
    if (scan.isInWord(at) || codes[at - 1] === 95 || codes[at - 1] === 46) return at;
    const end = cardEnd(scan, at, first);
    if (end === -1) return at;
    scan.cut(at, end);
    return end;
  },
};

/** Where the longest card ends that starts here; -1 when there is none. */
function cardEnd(scan: Scan, start: number, firstEnd: number): number {
  const { codes } = scan;
  let digits = firstEnd - start;
  let end = firstEnd;
  let longest = -1;
  for (let groups = 1; ; groups += 1) {
    const follows = end < scan.length && (isWordAt(codes, end) || codes[end] === 95);
    if (digits >= SHORTEST && !follows && isCard(codes, start, end, digits)) longest = end;
    if (groups === MOST_GROUPS || (codes[end] !== 32 && codes[end] !== 45)) return longest;
    const next = scan.runEnd(end + 1, Is.digit, LONGEST);
    digits += next - end - 1;
    if (next === end + 1 || digits > LONGEST) return longest;
    end = next;
  }
}

function isCard(codes: Uint16Array, start: number, end: number, digits: number): boolean {
  let prefix = 0;
  for (let at = start, read = 0; read < 4; at += 1) {
    const digit = (codes[at] as number) - 48;
    if (digit < 0) continue;
    prefix = prefix * 10 + digit;
    read += 1;
  }
  return isIssued(prefix, digits) && isLuhn(codes, start, end);
}

/** The lengths of numbers by the first digits that networks give out. */
function isIssued(prefix: number, digits: number): boolean {
  const two = Math.floor(prefix / 100);
  if (prefix >= 4_000 && prefix < 5_000) return digits === 13 || digits === 16 || digits === 19;
  if ((two >= 51 && two <= 55) || (prefix >= 2_221 && prefix <= 2_720)) return digits === 16;
  if (two === 34 || two === 37) return digits === 15;
  if (two === 36 || two === 38 || two === 39 || (prefix >= 3_000 && prefix <= 3_059))
    return digits === 14 || digits === 16;
  if (prefix >= 3_528 && prefix <= 3_589) return digits >= 16;
  if (prefix >= 2_200 && prefix <= 2_204) return digits >= 16;
  // Discover, UnionPay, Maestro and the networks of countries
  return two === 50 || (two >= 56 && two <= 69) ? digits === 16 || digits === 18 || digits === 19 : false;
}

function isLuhn(codes: Uint16Array, start: number, end: number): boolean {
  let sum = 0;
  let double = false;
  for (let at = end - 1; at >= start; at -= 1) {
    const digit = (codes[at] as number) - 48;
    if (digit < 0 || digit > 9) continue;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
    double = !double;
  }
  return sum % 10 === 0;
}
