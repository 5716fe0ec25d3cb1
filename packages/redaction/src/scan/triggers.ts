import type { Rule } from '../rule.js';
import { classOf, Is } from './characters.js';

/** What the search does at a character. */
export const Kind = {
  /** Nothing. */
  plain: 0,
  /** A word starts or goes on. */
  letter: 1,
  /** A number starts, or a word goes on. */
  digit: 2,
  word: 1 | 2,
  /** Rules may be asked: what follows decides. */
  mark: 4,
  /** Zero, which stands after the last character: the text may end. */
  zero: 8,
} as const;

const HASHES = 4_096;
const MARKS = 128;

/**
 * The tables of the search are constants of this module, one for all redactors, since reading a constant array costs a
 * third of reading one that is in an object.
 */

/** By UTF-16 unit, the bits of `Kind`. */
export const kinds = new Uint8Array(65_536);
/** By the hash of three characters, the number of a list of beginnings; 0 for none. */
export const beginnings = new Uint16Array(HASHES);
/** By mark and following character, the number of a list of rules; 0 for none. */
export const marks = new Uint16Array(MARKS * MARKS);

export type Look = Rule['look'];

export interface Beginning {
  readonly literal: string;
  /** Its fourth character, which tells more than the three that brought here; 0 for none. */
  readonly fourth: number;
  readonly look: Look;
}

/** What to ask, by the numbers in the tables: functions and no rules, which differ in their shape and are slower to read. */
export interface Triggers {
  readonly beginningLists: readonly (readonly Beginning[])[];
  readonly markLists: readonly (readonly Look[])[];
  readonly numbers: readonly Look[];
  readonly codes: readonly Look[];
}

/** Fills the tables for all rules there are. */
export function fillTables(rules: readonly Rule[]): Triggers {
  const byHash = new Map<number, Beginning[]>();
  const byMark = new Map<number, Look[]>();
  for (const rule of rules) {
    for (const literal of rule.at ?? []) {
      if ((classOf(literal.charCodeAt(0)) & Is.word) !== 0)
        addTo(byHash, wordHash(literal), { literal, fourth: literal.charCodeAt(3) || 0, look: rule.look });
      else for (const place of markPlaces(literal)) addOnce(byMark, place, rule.look);
    }
  }
  const made = {
    beginningLists: number(byHash, beginnings),
    markLists: number(byMark, marks),
    numbers: rules.filter((rule) => rule.atNumbers === true).map((rule) => rule.look),
    codes: rules.filter((rule) => rule.atCodes === true).map((rule) => rule.look),
  };
  for (let code = 1; code < MARKS; code += 1) kinds[code] = kindOf(code);
  kinds[0] = Kind.zero;
  return made;
}

/** The same lists without some rules. */
export function without(triggers: Triggers, rules: readonly Rule[]): Triggers {
  const others = (looks: readonly Look[]) => looks.filter((look) => !rules.some((rule) => rule.look === look));
  return {
    ...triggers,
    markLists: triggers.markLists.map(others),
    numbers: others(triggers.numbers),
  };
}

/** The hash of three characters. */
export function hashOf(first: number, second: number, third: number): number {
  return (first * 961 + second * 31 + third) & (HASHES - 1);
}

function kindOf(code: number): number {
  const classes = classOf(code);
  if ((classes & Is.word) !== 0) return (classes & Is.digit) !== 0 ? Kind.digit : Kind.letter;
  for (let place = code * MARKS; place < (code + 1) * MARKS; place += 1) if (marks[place] !== 0) return Kind.mark;
  return Kind.plain;
}

function wordHash(literal: string): number {
  return hashOf(literal.charCodeAt(0), literal.charCodeAt(1), literal.charCodeAt(2));
}

function markPlaces(literal: string): number[] {
  const mark = literal.charCodeAt(0) * MARKS;
  if (literal.length > 1) return [mark + literal.charCodeAt(1)];
  return Array.from({ length: MARKS }, (_, following) => mark + following);
}

function addTo<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function addOnce<T>(lists: Map<number, T[]>, key: number, value: T): void {
  if (lists.get(key)?.includes(value) !== true) addTo(lists, key, value);
}

/** Gives every list a number, equal lists the same one. */
function number<T>(lists: ReadonlyMap<number, T[]>, table: Uint16Array): (readonly T[])[] {
  const numbered: (readonly T[])[] = [[]];
  const ids = new Map<T, number>();
  const idOf = (item: T) => ids.get(item) ?? ids.set(item, ids.size).size - 1;
  const known = new Map<string, number>();
  for (const [key, list] of lists) {
    const name = list.map(idOf).join(' ');
    let at = known.get(name);
    if (at === undefined) {
      at = numbered.push(list) - 1;
      known.set(name, at);
    }
    table[key] = at;
  }
  return numbered;
}
