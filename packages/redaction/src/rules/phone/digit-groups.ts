import type { Scan } from '../../scan/scan.js';

const MOST_GROUPS = 7;
const MOST_DIGITS = 17;

/** Groups of digits with one separator between. One search runs at a time, so that one object is enough for all. */
export const groups = {
  count: 0,
  /** Digits of each group. */
  sizes: new Uint8Array(MOST_GROUPS + 1),
  /** Where each ends. */
  ends: new Int32Array(MOST_GROUPS + 1),
  /** What stands before each, as one character; brackets are `(`. */
  joints: new Uint8Array(MOST_GROUPS + 1),
};

/** Reads the groups that start here: digits, then a space, `-`, `.` or `/`, or brackets, then digits again. */
export function readGroups(scan: Scan, start: number): void {
  const { codes, length } = scan;
  let at = start;
  let digits = 0;
  groups.count = 0;
  for (let joint = 0; ; ) {
    const first = at;
    while (at < length && isDigit(codes[at] as number)) at += 1;
    const size = at - first;
    digits += size;
    const { count } = groups;
    if (size === 0 || size > MOST_DIGITS || digits > MOST_DIGITS || count > MOST_GROUPS) return;
    groups.sizes[count] = size;
    groups.ends[count] = at;
    groups.joints[count] = joint;
    groups.count = count + 1;
    const code = codes[at] as number;
    if (!isJoint(code)) return;
    joint = code === 0xa0 ? 32 : code;
    at += 1;
    if (isBracket(codes[at] as number) || (isBracket(code) && (codes[at] === 32 || codes[at] === 45))) {
      joint = 40;
      at += 1;
    }
    if (isBracket(code)) joint = 40;
  }
}

export const isDigit = (code: number) => code >= 48 && code <= 57;
const isBracket = (code: number) => code === 40 || code === 41;
const isJoint = (code: number) =>
  code === 32 || code === 45 || code === 46 || code === 47 || code === 0xa0 || isBracket(code);
