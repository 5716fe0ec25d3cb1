import { WordAutomaton } from '../../keys/word-automaton.js';
import { Is } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';
import { groups } from './digit-groups.js';

const SPACE = 32;
const SLASH = 47;
const BRACKET = 40;
const MAX_WORD = 12;

const phoneWords = new WordAutomaton(
  'call phone tel telephone mobile cell fax dial ring number telefon sms text at'
    .split(' ')
    .map((word) => [word, 1] as const),
  0,
  1,
);

/** How many of the groups that start here are a national phone number: all that were read, or none. */
export function nationalGroups(scan: Scan, at: number, isBracketed: boolean): number {
  if (groups.count < 2) return 0;
  return scan.codes[at] === 48 ? withTrunkPrefix(scan, at, isBracketed) : northAmerican(scan, at, isBracketed);
}

/** `(212) 555-0147`, `212-555-0147`, `1-212-555-0147`; with spaces alone only after a word like "call". */
function northAmerican(scan: Scan, at: number, isBracketed: boolean): number {
  const { sizes, joints } = groups;
  const first = sizes[0] === 1 ? 1 : 0;
  if (first === 1 && scan.codes[at] !== 49) return 0;
  if (groups.count < first + 3 || sizes[first] !== 3 || sizes[first + 1] !== 3 || sizes[first + 2] !== 4) return 0;
  const area = first === 0 ? at : (groups.ends[1] as number) - 3;
  if ((scan.codes[area] as number) < 50) return 0;
  const afterArea = joints[first + 1];
  const afterExchange = joints[first + 2];
  if (afterArea === SLASH || afterExchange === SLASH) return 0;
  const isWritten =
    isBracketed ||
    afterArea === BRACKET ||
    (afterArea !== SPACE && afterArea === afterExchange) ||
    afterExchange === 45;
  if (!isWritten && !isAfterPhoneWord(scan, at)) return 0;
  return groups.count > first + 3 && afterExchange !== SPACE && joints[first + 3] === afterExchange ? 0 : first + 3;
}

/** `030 901820`, `020 7946 0018`, `06 12 34 56 78`, `(030) 901820`, `0171/1234567`: one kind of gap, 9 to 12 digits. */
function withTrunkPrefix(scan: Scan, at: number, isBracketed: boolean): number {
  const { sizes, joints, count } = groups;
  const first = sizes[0] as number;
  if (first < 2 || first > 5 || scan.codes[at + 1] === 48 || count > 5) return 0;
  let digits = first;
  const gap = joints[count > 2 ? 2 : 1];
  for (let index = 1; index < count; index += 1) {
    const size = sizes[index] as number;
    const joint = joints[index];
    if (size < 2 || size > 8) return 0;
    if (joint !== gap && !(index === 1 && (joint === BRACKET || joint === SLASH || isBracketed))) return 0;
    digits += size;
  }
  const fewest = isBracketed ? 8 : 9;
  if (digits < fewest || digits > 12 || (gap === SLASH && count > 2)) return 0;
  return isDateOrSeries(scan, at) ? 0 : count;
}

/** `01.02.2026 10`, `01 02 03 04 05`: each pair of digits one more than the last, or a year among them. */
function isDateOrSeries(scan: Scan, at: number): boolean {
  const { sizes, count } = groups;
  if (sizes[0] !== 2 || sizes[1] !== 2) return false;
  if (sizes[2] === 4 && count === 3) return true;
  let start = at;
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    if (sizes[index] !== 2) return false;
    const pair = Number(scan.slice(start, start + 2));
    if (last !== -1 && pair !== last + 1) return false;
    last = pair;
    start = (groups.ends[index] as number) + 1;
  }
  return true;
}

function isAfterPhoneWord(scan: Scan, at: number): boolean {
  let end = at;
  while (end > scan.floor && at - end < 3 && (scan.codes[end - 1] === SPACE || scan.codes[end - 1] === 58)) end -= 1;
  const start = scan.runStart(end, Is.letter, MAX_WORD);
  return start < end && phoneWords.match(scan.codes, start, end) !== 0;
}
