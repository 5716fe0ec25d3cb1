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
/** Marks are of ASCII; what follows one and is not stands as 0. */
export const MARKS = 128;

/**
 * The tables of the search are constants of this module, one for all redactors, since reading a constant array costs a
 * third of reading one that is in an object.
 */

/** By UTF-16 unit, the bits of `Kind`. */
export const kinds = new Uint8Array(65_536);
/** By the hash of three characters, the place of a list of beginnings; 0 for none. */
export const beginnings = new Uint16Array(HASHES);
/** By mark and following character, the place of a list of rules; 0 for none. */
export const marks = new Uint16Array(MARKS * MARKS);

export type Look = Rule['look'];

/** What stands in `Triggers.fourths` after the last of a list, for a literal of three, and for a rule that is left out. */
export const Fourth = { end: 0xffff, any: 0, never: 0xfffe } as const;
/** The same for `Triggers.befores`: 0 after the last, a bit that every character has, and one that none has. */
export const Before = { end: 0, any: 1 << 14, never: 1 << 15 } as const;

interface Beginning {
  readonly literal: string;
  readonly fourth: number;
  readonly inside: number;
  readonly look: Look;
}

interface Mark {
  /** Bits of `Is` or of `Before`. */
  readonly before: number;
  readonly look: Look;
}

/**
 * What to ask: the numbers in the tables are places here, where a list begins. Numbers that tell most of it come first,
 * since reading them costs a tenth of a call; functions and no rules, which differ in their shape and are slower to read.
 */
export interface Triggers {
  /** By place, the fourth character of a beginning, which tells more than the three that brought here. */
  readonly fourths: Uint16Array;
  readonly literals: readonly string[];
  /** By place, the classes one of which the third character after a beginning must have. */
  readonly insides: Uint16Array;
  readonly beginningLooks: readonly Look[];
  /** By mark and following character, all the classes that the rules to ask there take before the mark; 0 for no rule. */
  readonly allBefores: Uint16Array;
  /** By place, the classes one of which the character before a mark must have. */
  readonly befores: Uint16Array;
  readonly markLooks: readonly Look[];
  readonly numbers: readonly { readonly sizes: number; readonly look: Look }[];
  readonly codes: readonly Look[];
}

/** All rules there are, of which each kind of text needs most. */
interface AllRules extends Omit<Triggers, 'allBefores'> {
  /** The pairs of a mark and what follows it that have a list, as places in `marks`. */
  readonly pairs: readonly number[];
}

/** Fills the tables for all rules there are. */
export function fillTables(rules: readonly Rule[]): AllRules {
  const byHash = new Map<number, Beginning[]>();
  const byMark = new Map<number, Mark[]>();
  for (const rule of rules) {
    const inside = rule.inside ?? Before.any;
    const mark = { before: rule.before ?? Before.any, look: rule.look };
    for (const literal of rule.at ?? []) {
      if ((classOf(literal.charCodeAt(0)) & Is.word) !== 0)
        addTo(byHash, wordHash(literal), {
          literal,
          fourth: literal.charCodeAt(3) || Fourth.any,
          inside,
          look: rule.look,
        });
      else for (const place of markPlaces(literal, rule.after)) addOnce(byMark, place, mark);
    }
  }
  const words = flat(byHash, beginnings);
  const signs = flat(byMark, marks);
  const made = {
    pairs: [...byMark.keys()],
    fourths: Uint16Array.from(words, (beginning) => beginning?.fourth ?? Fourth.end),
    literals: words.map((beginning) => beginning?.literal ?? ''),
    insides: Uint16Array.from(words, (beginning) => beginning?.inside ?? Before.any),
    beginningLooks: words.map((beginning) => beginning?.look ?? nothing),
    befores: Uint16Array.from(signs, (mark) => mark?.before ?? Before.end),
    markLooks: signs.map((mark) => mark?.look ?? nothing),
    numbers: rules.flatMap(({ atNumbers, look }) => (atNumbers === undefined ? [] : [{ sizes: atNumbers, look }])),
    codes: rules.filter((rule) => rule.atCodes === true).map((rule) => rule.look),
  };
  for (let code = 1; code < MARKS; code += 1) kinds[code] = kindOf(code);
  kinds[0] = Kind.zero;
  return made;
}

/** The lists without some rules. */
export function without(triggers: AllRules, rules: readonly Rule[]): Triggers {
  const isOut = (look: Look | undefined) => rules.some((rule) => rule.look === look);
  const befores = triggers.befores.map((before, at) => (isOut(triggers.markLooks[at]) ? Before.never : before));
  return {
    ...triggers,
    befores,
    allBefores: togetherOf(triggers.pairs, befores),
    fourths: triggers.fourths.map((fourth, at) => (isOut(triggers.beginningLooks[at]) ? Fourth.never : fourth)),
    numbers: triggers.numbers.filter(({ look }) => !isOut(look)),
  };
}

/** For each pair of characters what its whole list takes, so that most marks are passed without reading the list. */
function togetherOf(pairs: readonly number[], befores: Uint16Array): Uint16Array {
  const together = new Uint16Array(marks.length);
  for (const pair of pairs) {
    for (let place = marks[pair] as number; befores[place] !== Before.end; place += 1)
      together[pair] = (together[pair] as number) | (befores[place] as number);
  }
  return together;
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

/** @param after the classes one of which what follows a mark must have; what is beyond ASCII is told by the rule */
function markPlaces(literal: string, after = -1): number[] {
  const mark = literal.charCodeAt(0) * MARKS;
  if (literal.length > 1) return [mark + literal.charCodeAt(1)];
  const all = Array.from({ length: MARKS }, (_, following) => following);
  return all
    .filter((following) => following === 0 || after === -1 || (classOf(following) & after) !== 0)
    .map((following) => mark + following);
}

/** Stands where a list ends. */
const nothing: Look = (_scan, at) => at;

function addTo<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function addOnce<T>(lists: Map<number, T[]>, key: number, value: T): void {
  if (lists.get(key)?.includes(value) !== true) addTo(lists, key, value);
}

/** Puts the lists one after the other, each with `undefined` after its last, equal lists once; the table gets their places. */
function flat<T>(lists: ReadonlyMap<number, T[]>, table: Uint16Array): (T | undefined)[] {
  const all: (T | undefined)[] = [undefined];
  const ids = new Map<T, number>();
  const idOf = (item: T) => ids.get(item) ?? ids.set(item, ids.size).size - 1;
  const known = new Map<string, number>();
  for (const [key, list] of lists) {
    const name = list.map(idOf).join(' ');
    let at = known.get(name);
    if (at === undefined) {
      at = all.length;
      all.push(...list, undefined);
      known.set(name, at);
    }
    table[key] = at;
  }
  return all;
}
