import type { Rule } from '../rule.js';
import { isWordAt } from '../scan/characters.js';
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
  // 4, and 13 to 19
  atNumbers: 0b1111_1110_0000_0001_0000,
  look(scan, at) {
    const { codes } = scan;
    if ((codes[at] as number) < 50 || (codes[at] as number) > 54) return at;
    if (scan.isInWord(at) || scan.before(at) === 95 || scan.before(at) === 46) return at;
    const end = cardEnd(scan, at);
    if (end === -1) return at;
    scan.cut(at, end);
    return end;
  },
};

/** Where the longest card ends that starts here; -1 when there is none. Each digit is read once. */
function cardEnd(scan: Scan, start: number): number {
  const { codes } = scan;
  let digits = 0;
  // the sums of Luhn, with the last digit as it is and doubled: each digit makes one of the other
  let plain = 0;
  let doubled = 0;
  let longest = -1;
  let groups = 1;
  const prefix = prefixAt(codes, start);
  for (let at = start; ; at += 1) {
    let digit = (codes[at] as number) - 48;
    const first = at;
    while (digit >= 0 && digit <= 9) {
      const before = plain;
      plain = doubled + digit;
      doubled = before + digit * 2 - (digit > 4 ? 9 : 0);
      at += 1;
      digit = (codes[at] as number) - 48;
    }
    digits += at - first;
    if (digits > LONGEST) return longest;
    if (digits >= SHORTEST && plain % 10 === 0 && isIssued(prefix, digits) && !isFollowed(scan, at)) longest = at;
    if (groups === MOST_GROUPS || (digit !== SPACE && digit !== DASH) || !isDigit(codes[at + 1] as number))
      return longest;
    groups += 1;
  }
}

/** The first four digits. */
function prefixAt(codes: Uint16Array, at: number): number {
  const high = ((codes[at] as number) - 48) * 10 + (codes[at + 1] as number) - 48;
  return high * 100 + ((codes[at + 2] as number) - 48) * 10 + (codes[at + 3] as number) - 48;
}

/** Less the code of the digit 0. */
const SPACE = 32 - 48;
const DASH = 45 - 48;

const isDigit = (code: number) => code >= 48 && code <= 57;

function isFollowed({ codes, length }: Scan, at: number): boolean {
  return at < length && (isWordAt(codes, at) || codes[at] === 95);
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
