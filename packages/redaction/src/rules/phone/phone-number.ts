import type { Rule } from '../../rule.js';
import { isWordAt } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';
import { isInternational } from './country-codes.js';
import { groups, isDigit, readGroups } from './digit-groups.js';
import { nationalGroups } from './national-number.js';

/** Digits of an international number: more where nothing but digits says what it is. */
const LEAST_GROUPED = 8;
const LEAST_SOLID = 10;
const PLUS = 43;

/**
 * Phone numbers: `+` with a country code and 8 to 15 digits (ITU-T E.164), `00` in its place where there are gaps, and the
 * usual national forms with gaps. Times, dates, versions, sizes, ids and places in a file are none.
 */
export const phoneNumberRule: Rule = {
  name: 'phone number',
  at: ['+', '%2B', '%2b'],
  atNumbers: 0x7fff_fffe,
  look(scan, at) {
    const code = scan.codes[at] as number;
    if (code === PLUS) return isWordBefore(scan, at) ? at : international(scan, at, at + 1);
    if (code === 37) return scan.has(at, '%2B') || scan.has(at, '%2b') ? international(scan, at, at + 3) : at;
    if (at < scan.phoneSeenTo || !mayBeNational(scan, at) || isPartOfMore(scan, at)) return at;
    return national(scan, at);
  },
};

/** A number with a country code whose digits start at `from`. */
function international(scan: Scan, at: number, from: number): number {
  const start = scan.codes[from] === 40 ? from + 1 : from;
  const first = (scan.codes[start] as number) - 48;
  if (first < 1 || first > 9) return at;
  readGroups(scan, start);
  const end = internationalEnd(scan, first, start, 0);
  if (end === -1) return at;
  scan.cut(at, end);
  return end;
}

/** Where the longest number ends that the groups allow; -1 for none. */
function internationalEnd(scan: Scan, first: number, start: number, skipped: number): number {
  const second = (scan.codes[isDigit(scan.codes[start + 1] as number) ? start + 1 : start + 2] as number) - 48;
  let digits = -skipped;
  let end = -1;
  for (let index = 0; index < groups.count; index += 1) {
    digits += groups.sizes[index] as number;
    const least = index === 0 ? LEAST_SOLID : LEAST_GROUPED;
    const groupEnd = groups.ends[index] as number;
    if (isWordAt(scan.codes, groupEnd) && groupEnd < scan.length) continue;
    if (isInternational(first, second, digits, least)) end = groupEnd;
  }
  return end;
}

/** A quick look: a zero and another group, three digits and three, or `1` and three. */
function mayBeNational({ codes }: Scan, at: number): boolean {
  if (codes[at] === 48) return isDigit(codes[at + 1] as number);
  if (!isDigit(codes[at + 1] as number)) return codes[at] === 49 && isDigit(codes[at + 4] as number);
  const isThree = isDigit(codes[at + 2] as number) && !isDigit(codes[at + 3] as number);
  return isThree && (codes[at] as number) > 49 && isDigit(codes[at + 6] as number);
}

function national(scan: Scan, at: number): number {
  readGroups(scan, at);
  const isBracketed = at > scan.floor && scan.codes[at - 1] === 40;
  let end = -1;
  if (scan.codes[at] === 48 && scan.codes[at + 1] === 48 && groups.count > 1) {
    end = internationalEnd(scan, (scan.codes[at + 2] as number) - 48, at + 2, 2);
  } else {
    const count = nationalGroups(scan, at, isBracketed);
    if (count > 0) end = groups.ends[count - 1] as number;
  }
  if (end === -1 || isContinued(scan, end)) {
    scan.phoneSeenTo = groups.ends[Math.max(0, groups.count - 1)] as number;
    return at;
  }
  scan.cut(isBracketed ? at - 1 : at, end);
  return end;
}

function isWordBefore(scan: Scan, at: number): boolean {
  return scan.isInWord(at) || scan.before(at) === 41;
}

/** Letters, digits or marks right before a national number: it is a part of something longer. */
function isPartOfMore(scan: Scan, at: number): boolean {
  if (at === 0 || at === scan.boundary) return false;
  const code = scan.codes[at - 1] as number;
  // _ . / - # $ , +
  return isWordAt(scan.codes, at - 1) || code === 95 || (code >= 43 && code <= 47) || code === 35 || code === 36;
}

function isContinued(scan: Scan, end: number): boolean {
  if (end >= scan.length) return false;
  const code = scan.codes[end] as number;
  const isJoint = code === 45 || code === 46 || code === 47 || code === 58 || code === 44;
  return isWordAt(scan.codes, end) || code === 95 || (isJoint && isDigit(scan.codes[end + 1] as number));
}
