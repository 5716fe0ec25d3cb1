import { classOf, Is } from './characters.js';
import type { Scan } from './scan.js';
import { Before, beginnings, Fourth, hashOf, Kind, kinds, type Look, MARKS, marks, type Triggers } from './triggers.js';

const EVERY = 0x7fff;
/** The bit of all longer numbers. */
const LONGEST = 30;

/** Asks the rules along the text, once, from the first character to the last. */
export function search(scan: Scan, triggers: Triggers): void {
  const { codes, length } = scan;
  const { allBefores } = triggers;
  let at = 0;
  for (;;) {
    const code = codes[at] as number;
    const kind = kinds[code] as number;
    if (kind === Kind.plain) {
      at += 1;
      continue;
    }
    let next = at;
    if (kind === Kind.mark) {
      const following = codes[at + 1] as number;
      const together = allBefores[code * MARKS + (following < MARKS ? following : 0)] as number;
      if (together !== 0 && (together & classesBefore(codes, at)) !== 0) {
        next = askMark(scan, triggers, marks[code * MARKS + (following < MARKS ? following : 0)] as number, at);
        if (next > at && scan.floor === length) return;
      }
      at = next > at ? next : at + 1;
      continue;
    }
    if (kind === Kind.letter) {
      const third = codes[at + 2] as number;
      const list = beginnings[hashOf(code, codes[at + 1] as number, third)] as number;
      if (list !== 0) next = askBeginning(scan, triggers, list, at);
      if (kinds[third] === Kind.digit && next === at) next = askCode(scan, triggers, at);
    } else if (kind === Kind.digit) {
      next = askNumber(scan, triggers, at);
    } else {
      if (at >= length) return;
      at += 1;
      continue;
    }
    if (next > at) {
      if (scan.floor === length) return;
      at = next;
      continue;
    }
    let inWord = 0;
    do {
      at += 1;
      inWord = codes[at] as number;
      // most are small letters, which need no table
    } while ((inWord >= 97 && inWord <= 122) || ((kinds[inWord] as number) & Kind.word) !== 0);
  }
}

/** The classes of the character before a mark; at the start of the text all rules are asked. */
function classesBefore(codes: Uint16Array, at: number): number {
  return at === 0 ? EVERY : classOf(codes[at - 1] as number) | Before.any;
}

function askMark(scan: Scan, triggers: Triggers, list: number, at: number): number {
  const { befores, markLooks } = triggers;
  const classes = classesBefore(scan.codes, at);
  for (let place = list; ; place += 1) {
    const before = befores[place] as number;
    if (before === Before.end) return at;
    if ((before & classes) === 0) continue;
    const next = (markLooks[place] as Look)(scan, at, 0);
    if (next > at) return next;
  }
}

function askBeginning(scan: Scan, triggers: Triggers, list: number, at: number): number {
  const { fourths, literals, insides, beginningLooks } = triggers;
  const following = scan.codes[at + 3] as number;
  for (let place = list; ; place += 1) {
    const fourth = fourths[place] as number;
    if (fourth !== following && fourth !== Fourth.any) {
      if (fourth === Fourth.end) return at;
      continue;
    }
    // only at the character U+FFFF of the text, which is none
    if (fourth === Fourth.end) return at;
    const literal = literals[place] as string;
    const inside = classOf(scan.codes[at + literal.length + 2] as number) | Before.any;
    if (((insides[place] as number) & inside) === 0 || !scan.has(at, literal)) continue;
    const next = (beginningLooks[place] as Look)(scan, at, literal.length);
    if (next > at) return next;
  }
}

function askCode(scan: Scan, triggers: Triggers, at: number): number {
  const fourth = scan.codes[at + 3] as number;
  if (fourth < 48 || fourth > 57 || (scan.classAt(at + 1) & Is.letter) === 0) return at;
  for (const look of triggers.codes) {
    const next = look(scan, at, 0);
    if (next > at) return next;
  }
  return at;
}

function askNumber(scan: Scan, triggers: Triggers, at: number): number {
  const { codes } = scan;
  let end = at + 1;
  while ((codes[end] as number) >= 48 && (codes[end] as number) <= 57) end += 1;
  // a number that nothing of its like follows is a person's only when it is long
  if (end - at < 13 && !isJoint(codes[end] as number)) return at;
  const size = 1 << Math.min(LONGEST, end - at);
  const { numbers } = triggers;
  for (let index = 0; index < numbers.length; index += 1) {
    const { sizes, look } = numbers[index] as Triggers['numbers'][number];
    if ((sizes & size) === 0) continue;
    const next = look(scan, at, 0);
    if (next > at) return next;
  }
  return at;
}

/** Space, `- . / ) (`, and the space that does not break. */
function isJoint(code: number): boolean {
  return code === 32 || code === 45 || code === 46 || code === 47 || code === 41 || code === 40 || code === 0xa0;
}
