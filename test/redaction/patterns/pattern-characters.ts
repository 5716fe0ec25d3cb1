import { complement, DIGIT, LAST, type Ranges, SPACE, union, WORD } from './rune-ranges.js';

const CLASSES: Readonly<Record<string, Ranges>> = { w: WORD, d: DIGIT, s: SPACE };
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9 };

/** Reads a pattern character by character, and the sets of characters that stand in it. */
export class PatternCharacters {
  at = 0;
  readonly #text: readonly string[];

  constructor(readonly pattern: string) {
    this.#text = Array.from(pattern);
  }

  get next(): string | undefined {
    return this.#text[this.at];
  }

  /** What follows, to look at. */
  ahead(length: number): string {
    return this.#text.slice(this.at, this.at + length).join('');
  }

  fail(): never {
    throw new Error(`not known at ${this.at} of ${this.pattern}`);
  }

  take(): string {
    const character = this.#text[this.at++];
    return character ?? this.fail();
  }

  /** What a backslash that was read makes of what follows. */
  escaped(): Ranges {
    const letter = this.take();
    const set = CLASSES[letter.toLowerCase()];
    if (set !== undefined) return letter === letter.toLowerCase() ? set : complement(set);
    const control = CONTROLS[letter];
    if (control !== undefined) return [[control, control]];
    if (letter === 'x') {
      const code = /^(?:\{([0-9a-f]+)\}|([0-9a-f]{2}))/.exec(this.ahead(10)) ?? this.fail();
      this.at += code[0].length;
      const point = Number.parseInt(code[1] ?? code[2] ?? '', 16);
      return [[point, point]];
    }
    return /\w/.test(letter) ? this.fail() : one(letter);
  }

  /** The set behind a `[` that was read. */
  members(): Ranges {
    const isNegated = this.next === '^';
    if (isNegated) this.at++;
    const all: (readonly [number, number])[] = [];
    for (let isFirst = true; isFirst || this.next !== ']'; isFirst = false) {
      const set = this.#member();
      if (this.next === '-' && this.ahead(2) !== '-]') {
        this.at++;
        all.push([set[0]?.[0] ?? 0, this.#member()[0]?.[1] ?? LAST]);
      } else all.push(...set);
    }
    this.at++;
    return isNegated ? complement(all) : union(all);
  }

  #member(): Ranges {
    const character = this.take();
    return character === '\\' ? this.escaped() : one(character);
  }
}

/** The set of one character. */
export function one(character: string): Ranges {
  const point = character.codePointAt(0) ?? 0;
  return [[point, point]];
}
