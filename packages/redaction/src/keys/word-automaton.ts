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
  /** By state and column the next state; 0 where no word goes on, which is the first state as well. */
  readonly #next: Uint16Array;
  /** Bits of the word that ends (reading backwards) in this state. */
  readonly #own: Uint16Array;
  /** The same, with those of shorter words that end there as well. */
  readonly #all: Uint16Array;
  readonly #depth: Uint8Array;
  /** 1 for states in which a word ends. */
  readonly #marked: Uint8Array;
  /** True where every word counts as a whole name only: what is no beginning of one ends the search. */
  readonly #isExact: boolean;
  readonly #anywhere: number;
  readonly #whole: number;

  /**
   * @param words names without separators, and their bits
   * @param anywhere the bits that count wherever the word stands
   * @param whole the bits that count where the word is the whole name
   */
  constructor(words: readonly (readonly [word: string, bits: number])[], anywhere: number, whole: number) {
    this.#anywhere = anywhere;
    this.#whole = whole;
    const most = words.reduce((sum, [word]) => sum + word.length, 1);
    const next = new Uint16Array(most * COLUMNS);
    const own = new Uint16Array(most);
    const depth = new Uint8Array(most);
    const parents = [0];
    const inColumn = [0];
    for (const [word, bits] of words) {
      let state = 0;
      for (let at = word.length - 1; at >= 0; at -= 1) {
        const column = columns[word.charCodeAt(at)] ?? 0;
        if (column === 0) continue;
        let child = next[state * COLUMNS + column] as number;
        if (child === 0) {
          child = parents.length;
          parents.push(state);
          inColumn.push(column);
          next[state * COLUMNS + column] = child;
          depth[child] = (depth[state] as number) + 1;
        }
        state = child;
      }
      if (state !== 0) own[state] = (own[state] as number) | bits;
    }
    const states = parents.length;
    this.#next = next.slice(0, states * COLUMNS);
    this.#own = own.slice(0, states);
    this.#all = own.slice(0, states);
    this.#depth = depth.slice(0, states);
    this.#isExact = anywhere === 0 && words.every(([, bits]) => (bits & ~whole) === 0);
    if (!this.#isExact) this.#link(parents, inColumn);
    this.#marked = Uint8Array.from(this.#all, (bits, state) => ((bits & anywhere) !== 0 || own[state] !== 0 ? 1 : 0));
  }

  /**
   * Completes the table (Aho and Corasick): where no word goes on, the longest that may have begun later does. A row is the
   * one of that word, with what goes on here put over it: rows are copied whole, since this is done at the start of a process.
   */
  #link(parents: readonly number[], inColumn: readonly number[]): void {
    const next = this.#next;
    const states = parents.length;
    const fallback = new Uint16Array(states);
    const order = Array.from({ length: states }, (_, state) => state);
    order.sort((one, other) => (this.#depth[one] as number) - (this.#depth[other] as number));
    const children: number[][] = parents.map(() => []);
    for (let state = 1; state < states; state += 1) children[parents[state] as number]?.push(state);
    for (const state of order) {
      const back = fallback[state] as number;
      const row = state * COLUMNS;
      this.#all[state] = (this.#all[state] as number) | (this.#all[back] as number);
      if (state !== 0) next.copyWithin(row, back * COLUMNS, (back + 1) * COLUMNS);
      for (const child of children[state] as number[]) {
        const column = inColumn[child] as number;
        fallback[child] = state === 0 ? 0 : (next[back * COLUMNS + column] as number);
        next[row + column] = child;
      }
    }
  }

  /** The bits of the words in a name that stands from `start` to `end`. */
  match(codes: Uint16Array, start: number, end: number): number {
    if (this.#isExact) return this.#matchExactly(codes, start, end);
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

  #matchExactly(codes: Uint16Array, start: number, end: number): number {
    const next = this.#next;
    let state = 0;
    for (let at = end - 1; at >= start; at -= 1) {
      const code = codes[at] as number;
      const column = code < 128 ? (columns[code] as number) : 0;
      if (column === 0) continue;
      state = next[state * COLUMNS + column] as number;
      if (state === 0) return 0;
    }
    return this.#own[state] as number;
  }
}
