import type { Automaton, State } from './automaton.js';
import { complement, intersection, type Ranges, WORD } from './rune-ranges.js';

const OTHER = complement(WORD);
/** The kind of the character before: none, one of a word, another. */
const Before = { none: 0, word: 1, other: 2 } as const;
/** What the next character has to be: anything, one of a word, another one or none, none. */
const Next = { any: 0, word: 1, noWord: 2, end: 3 } as const;

/** Both, or undefined where they exclude each other. */
function both(one: number, other: number): number | undefined {
  if (one === other || other === Next.any) return one;
  if (one === Next.any) return other;
  return one === Next.word || other === Next.word ? undefined : Next.end;
}

/** A character of a word that is in both sets, and another one. */
interface Common {
  readonly word: string | undefined;
  readonly other: string | undefined;
}
const known = new Map<Ranges, Map<Ranges, Common>>();
function commonOf(one: Ranges, other: Ranges): Common {
  const ofOne = known.get(one) ?? new Map<Ranges, Common>();
  known.set(one, ofOne);
  let common = ofOne.get(other);
  if (common === undefined) {
    const set = intersection(one, other);
    const first = (of: Ranges) => {
      const point = intersection(set, of)[0]?.[0];
      return point === undefined ? undefined : String.fromCodePoint(point);
    };
    common = { word: first(WORD), other: first(OTHER) };
    ofOne.set(other, common);
  }
  return common;
}

interface Reached {
  readonly keys: number[];
  readonly from: number[];
  readonly read: string[];
}

/**
 * A text which the gate matches as a whole and in which the pattern finds something; undefined where there is none, which is
 * then certain: all pairs of states that any text leads to are looked at.
 */
export function textOfBoth(gate: Automaton, pattern: Automaton): string | undefined {
  const width = pattern.states.length;
  const seen = new Uint8Array(gate.states.length * width * 12);
  /** Each pair that was reached, what it was reached from, and the character that led there. */
  const reached: Reached = { keys: [], from: [], read: [] };
  const reach = (inGate: number, inPattern: number, before: number, next: number, from: number, read: string) => {
    const key = ((inGate * width + inPattern) * 3 + before) * 4 + next;
    if (seen[key] === 1) return;
    seen[key] = 1;
    reached.keys.push(key);
    reached.from.push(from);
    reached.read.push(read);
  };
  reach(gate.start, pattern.start, Before.none, Next.any, -1, '');
  for (let index = 0; index < reached.keys.length; index++) {
    const key = reached.keys[index] as number;
    const next = key % 4;
    const before = Math.floor(key / 4) % 3;
    const pair = Math.floor(key / 12);
    const [inGate, inPattern] = [Math.floor(pair / width), pair % width];
    if (inGate === gate.accept && inPattern === pattern.accept && next !== Next.word) return spelled(reached, index);
    const [ofGate, ofPattern] = [gate.states[inGate] as State, pattern.states[inPattern] as State];
    for (const [{ free }, isGate] of [
      [ofGate, true],
      [ofPattern, false],
    ] as const) {
      for (const { to, when } of free) {
        if (when === 'begin' && before !== Before.none) continue;
        const inner = before === Before.word ? Next.noWord : Next.word;
        const then = both(next, when === 'end' ? Next.end : when === 'boundary' ? inner : Next.any);
        if (then !== undefined) reach(isGate ? to : inGate, isGate ? inPattern : to, before, then, index, '');
      }
    }
    if (next === Next.end) continue;
    // before what the pattern finds, and behind it, anything may stand
    const isAround = inPattern === pattern.start || inPattern === pattern.accept;
    for (const { set, to } of ofGate.reads) {
      const readBoth = (other: Ranges, then: number) => {
        const common = commonOf(set, other);
        if (common.word !== undefined && next !== Next.noWord)
          reach(to, then, Before.word, Next.any, index, common.word);
        if (common.other !== undefined && next !== Next.word)
          reach(to, then, Before.other, Next.any, index, common.other);
      };
      for (const { set: other, to: then } of ofPattern.reads) readBoth(other, then);
      if (isAround) readBoth(set, inPattern);
    }
  }
  return undefined;
}

function spelled({ from, read }: Reached, last: number): string {
  let text = '';
  for (let index = last; index !== -1; index = from[index] as number) text = (read[index] as string) + text;
  return text;
}
