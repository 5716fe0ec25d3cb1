/**
 * Patterns of RE2 as automata, for questions that no list of texts answers: whether any text at all is matched by two patterns.
 * Of RE2's syntax it knows what redaction.yaml uses, and throws at anything else.
 */
import { type Automaton, AutomatonBuilder, type Part } from './automaton.js';
import { one, PatternCharacters } from './pattern-characters.js';
import { ANY, inBothCases, NO_NEWLINE, type Ranges } from './rune-ranges.js';

/** Letters in both cases; a dot for newlines, too. */
interface Flags {
  readonly i: boolean;
  readonly s: boolean;
}
const NONE: Flags = { i: false, s: false };
const withFlags = (flags: Flags, letters: string): Flags => ({
  i: flags.i || letters.includes('i'),
  s: flags.s || letters.includes('s'),
});

/** The automaton that accepts exactly what the pattern matches as a whole. */
export function automatonOf(pattern: string): Automaton {
  const reader = new PatternReader(pattern);
  const { from, to } = reader.alternatives(NONE);
  if (reader.characters.next !== undefined) reader.characters.fail();
  return { states: reader.builder.states, start: from, accept: to };
}

class PatternReader {
  readonly characters: PatternCharacters;
  readonly builder = new AutomatonBuilder();

  constructor(pattern: string) {
    this.characters = new PatternCharacters(pattern);
  }

  alternatives(flags: Flags): Part {
    const { builder, characters } = this;
    const whole = { from: builder.state(), to: builder.state() };
    for (;;) {
      const part = this.#sequence(flags);
      builder.step(whole.from, part.from);
      builder.step(part.to, whole.to);
      if (characters.next !== '|') return whole;
      characters.at++;
    }
  }

  #sequence(outer: Flags): Part {
    const { builder, characters } = this;
    const from = builder.state();
    let [to, flags] = [from, outer];
    while (characters.next !== undefined && !'|)'.includes(characters.next)) {
      const letters = /^\(\?([is]+)\)/.exec(characters.ahead(5));
      if (letters !== null) {
        characters.at += letters[0].length;
        flags = withFlags(flags, letters[1] ?? '');
        continue;
      }
      const part = this.#repeated(flags);
      builder.step(to, part.from);
      to = part.to;
    }
    return { from, to };
  }

  #repeated(flags: Flags): Part {
    const { characters } = this;
    const begin = characters.at;
    const first = this.#atom(flags);
    const counted = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(characters.ahead(12));
    if (counted === null) return first;
    const end = characters.at + counted[0].length;
    const [, sign, low, comma, high] = counted;
    const least = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
    const isOpen = sign === undefined ? comma === ',' && high === '' : sign !== '?';
    const most = isOpen ? undefined : sign === '?' ? 1 : Number(high || low);
    let unused: Part | undefined = first;
    const part = this.builder.repeated(
      () => {
        const copy = unused;
        unused = undefined;
        if (copy !== undefined) return copy;
        characters.at = begin;
        return this.#atom(flags);
      },
      least,
      most,
    );
    characters.at = end;
    return part;
  }

  #atom(flags: Flags): Part {
    const { builder, characters } = this;
    const character = characters.take();
    const single = (set: Ranges) => builder.single(flags.i ? inBothCases(set) : set);
    if (character === '(') return this.#group(flags);
    if (character === '[') return single(characters.members());
    if (character === '.') return builder.single(flags.s ? ANY : NO_NEWLINE);
    if (character === '^') return builder.asserted('begin');
    if (character === '$') return builder.asserted('end');
    if (character === '\\' && characters.next === 'b') {
      characters.at++;
      return builder.asserted('boundary');
    }
    if ('*+?{'.includes(character)) characters.fail();
    return single(character === '\\' ? characters.escaped() : one(character));
  }

  #group(outer: Flags): Part {
    const { characters } = this;
    const letters = /^\?([is]*):/.exec(characters.ahead(5));
    if (letters !== null) characters.at += letters[0].length;
    else if (characters.next === '?') characters.fail();
    const part = this.alternatives(withFlags(outer, letters?.[1] ?? ''));
    if (characters.next !== ')') characters.fail();
    characters.at++;
    return part;
  }
}
