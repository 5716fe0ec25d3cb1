import type { Ranges } from './rune-ranges.js';

/** What must hold between two characters for a step that reads none. */
export type Assertion = 'begin' | 'end' | 'boundary';
export interface State {
  readonly reads: { readonly set: Ranges; readonly to: number }[];
  readonly free: { readonly to: number; readonly when?: Assertion }[];
}
/** Accepts a text that leads from its start to its end. */
export interface Automaton {
  readonly states: readonly State[];
  readonly start: number;
  readonly accept: number;
}
/** A piece of an automaton: where it begins and ends. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Makes an automaton of parts. */
export class AutomatonBuilder {
  readonly states: State[] = [];

  state(): number {
    return this.states.push({ reads: [], free: [] }) - 1;
  }

  /** Leads on without reading a character. */
  step(from: number, to: number, when?: Assertion): void {
    this.states[from]?.free.push(when === undefined ? { to } : { to, when });
  }

  single(set: Ranges): Part {
    const part = { from: this.state(), to: this.state() };
    this.states[part.from]?.reads.push({ set: interned(set), to: part.to });
    return part;
  }

  asserted(when: Assertion): Part {
    const part = { from: this.state(), to: this.state() };
    this.step(part.from, part.to, when);
    return part;
  }

  /** As many copies of a part as it takes: `copy` makes the next; without `most` any number. */
  repeated(copy: () => Part, least: number, most: number | undefined): Part {
    const from = this.state();
    let to = from;
    for (let count = 0; count < least; count++) {
      const part = copy();
      this.step(to, part.from);
      to = part.to;
    }
    const last = this.state();
    for (let count = least; count < (most ?? least + 1); count++) {
      const part = copy();
      this.step(to, last);
      this.step(to, part.from);
      if (most === undefined) this.step(part.to, to);
      else to = part.to;
    }
    this.step(to, last);
    return { from, to: last };
  }
}

/** Equal sets are one object, so that what two of them have in common is found once. */
const sets = new Map<string, Ranges>();
function interned(set: Ranges): Ranges {
  const key = set.join();
  const same = sets.get(key) ?? set;
  sets.set(key, same);
  return same;
}
