/** Sets of characters as sorted ranges of code points, both ends in it. */
export type Ranges = readonly (readonly [number, number])[];

export const LAST = 0x10_ffff;
export const ANY: Ranges = [[0, LAST]];
export const NO_NEWLINE: Ranges = [
  [0, 9],
  [11, LAST],
];
export const DIGIT: Ranges = [[48, 57]];
/** What `\w` and `\b` of RE2 call a word. */
export const WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
/** `\s` of RE2, which has no vertical tab. */
export const SPACE: Ranges = [
  [9, 10],
  [12, 13],
  [32, 32],
];

/** All that is in one of them. */
export function union(all: Ranges): Ranges {
  const sorted = [...all].sort((one, other) => one[0] - other[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function complement(set: Ranges): Ranges {
  const out: [number, number][] = [];
  let next = 0;
  for (const [from, to] of union(set)) {
    if (from > next) out.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) out.push([next, LAST]);
  return out;
}

export function intersection(one: Ranges, other: Ranges): Ranges {
  const out: [number, number][] = [];
  for (let left = 0, right = 0; left < one.length && right < other.length; ) {
    const [from, to] = one[left] as readonly [number, number];
    const [begin, end] = other[right] as readonly [number, number];
    if (Math.max(from, begin) <= Math.min(to, end)) out.push([Math.max(from, begin), Math.min(to, end)]);
    if (to < end) left++;
    else right++;
  }
  return out;
}

/** The set with the other case of each of its ASCII letters. */
export function inBothCases(set: Ranges): Ranges {
  const shifted = (from: number, to: number, by: number): Ranges =>
    intersection(set, [[from, to]]).map(([begin, end]) => [begin + by, end + by]);
  return union([...set, ...shifted(65, 90, 32), ...shifted(97, 122, -32)]);
}
