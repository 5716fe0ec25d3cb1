/**
 * Finds words in a name that is read from its last character to its first, without case and separators: one step of a
 * table for each character, however many words there are.
 */

const LETTERS = 26;
/** Column 0 is for separators; then letters, then digits. */
const COLUMNS = 1 + LETTERS + 10;

/** The column of a UTF-16 unit; 0 for all that is neither letter nor digit of ASCII. */
const columns = new Uint8Array(128);
for (let letter = 0; letter < LETTERS; letter += 1) columns[65 + letter] = columns[97 + letter] = 1 + letter;
for (let digit = 0; digit < 10; digit += 1) columns[48 + digit] = 1 + LETTERS + digit;

/** Bits that count wherever the word stands; the others count for a word at the end of the name. */
export class WordAutomaton {
  #next: Int32Array;
  /** 1 for states in which a word ends. */
  #marked: Uint16Array;
  /** Bits of a word that ends (reading backwards) in this state. */
  #own: Uint16Array;
  /** The same, with those of shorter words that end there as well. */
  #all: Uint16Array;
  #depth: Uint8Array;
  readonly #anywhere: number;
  readonly #whole: number;

  /**
   * @param words names without separators, and their bits
   * @param anywhere the bits that count wherever the word stands
   * @param whole the bits that count where the word is the whole name
   */
  constructor(words: Iterable<readonly [word: string, bits: number]>, anywhere: number, whole: number) {
    this.#anywhere = anywhere;
    this.#whole = whole;
    const children: Map<number, number>[] = [new Map()];
    const own: number[] = [0];
    const depth: number[] = [0];
    for (const [word, bits] of words) {
      let state = 0;
      for (let at = word.length - 1; at >= 0; at -= 1) {
        const column = columns[word.charCodeAt(at)] ?? 0;
        if (column === 0) continue;
        const known = children[state]?.get(column);
        const child = known ?? children.push(new Map()) - 1;
        if (known === undefined) {
          children[state]?.set(column, child);
          own.push(0);
          depth.push((depth[state] as number) + 1);
        }
        state = child;
      }
      if (state !== 0) own[state] = (own[state] as number) | bits;
    }
    this.#own = Uint16Array.from(own);
    this.#depth = Uint8Array.from(depth);
    this.#all = Uint16Array.from(own);
    this.#next = this.#link(children);
    this.#marked = this.#all.map((bits, state) => ((bits & anywhere) !== 0 || own[state] !== 0 ? 1 : 0));
  }

  /** The table of steps (Aho and Corasick): where no longer word goes on, the longest that may have begun later does. */
  #link(children: readonly Map<number, number>[]): Int32Array {
    const next = new Int32Array(children.length * COLUMNS);
    const fallback = new Int32Array(children.length);
    const queue: number[] = [0];
    for (let index = 0; index < queue.length; index += 1) {
      const state = queue[index] as number;
      const back = fallback[state] as number;
      this.#all[state] = (this.#all[state] as number) | (this.#all[back] as number);
      for (let column = 1; column < COLUMNS; column += 1) {
        const child = children[state]?.get(column);
        const other = state === 0 ? 0 : (next[back * COLUMNS + column] as number);
        next[state * COLUMNS + column] = child ?? other;
        if (child === undefined) continue;
        fallback[child] = other;
        queue.push(child);
      }
    }
    return next;
  }

  /** The bits of the words in a name that stands from `start` to `end`. */
  match(codes: Uint16Array, start: number, end: number): number {
    const next = this.#next;
    const marked = this.#marked;
    let state = 0;
    let steps = 0;
    let found = 0;
    for (let at = end - 1; at >= start; at -= 1) {
      const code = codes[at] as number;
      const column = code < 128 ? (columns[code] as number) : 0;
      if (column === 0) continue;
      state = next[state * COLUMNS + column] as number;
      steps += 1;
      if (marked[state] === 0) continue;
      found |= (this.#all[state] as number) & this.#anywhere;
      if (this.#depth[state] === steps) found |= (this.#own[state] as number) & ~this.#whole;
    }
    return this.#depth[state] === steps ? found | ((this.#own[state] as number) & this.#whole) : found;
  }
}
