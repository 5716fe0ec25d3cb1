import type { Policy } from '../policy.js';
import { classOf, isWordAt } from './characters.js';
import { CodeBuffer, textOf } from './code-buffer.js';

/** A text with more secrets than this is a dump of them, or wants to cost time: its rest is replaced as a whole. */
const MOST_CUTS = 10_000;
/** More than a text has, and an integer, with which the engine is faster than with infinity. */
const ANY = 0x3fff_ffff;

/** One text under search: its characters, what is cut out of it, and what the rules ask about it. */
export class Scan {
  /** The UTF-16 units, with zeros after the last. */
  codes: Uint16Array;
  length = 0;
  /** Up to where the text is done: no rule may look for the start of something before it. */
  floor = 0;
  /** True for addresses, whose paths are not file paths. */
  isAddress = false;
  /** True for a query without its `?`: the first key is a parameter. */
  isQuery = false;
  /** True for a database statement, whose literals are data. */
  isStatement = false;
  /** Where a word starts though a letter stands before: after an escape like `\\n` or a colour. */
  boundary = 0;
  /** Memory of rules, for this text: up to where a run that is no JSON web token was looked at, and a secret named. */
  tokenSeenTo = 0;
  namedTo = 0;
  /** Up to where digits were read that are no phone number. */
  phoneSeenTo = 0;
  /** Up to where a line goes that was looked at, and the program that was named in it, for its flags. */
  lineTo = 0;
  program = 0;

  /** How many pieces were cut out of this text. */
  cuts = 0;

  #in = new CodeBuffer();
  #out = new CodeBuffer();
  #replacement: Uint16Array;

  constructor(readonly policy: Policy) {
    this.codes = this.#in.codes;
    this.#replacement = codesOf(policy.replacement);
  }

  load(text: string): void {
    this.#in.load(text);
    this.#begin();
  }

  #begin(): void {
    this.#in.seal();
    this.codes = this.#in.codes;
    this.length = this.#in.length;
    this.floor = 0;
    this.cuts = 0;
    this.boundary = 0;
    this.tokenSeenTo = 0;
    this.namedTo = 0;
    this.lineTo = 0;
    this.program = 0;
    this.phoneSeenTo = 0;
    this.#out.length = 0;
  }

  /**
   * Takes out what is between two places and puts the replacement there; the places of one scan come in order. With the
   * last piece that may be cut all goes that follows.
   */
  cut(start: number, end: number, by?: string): void {
    if (this.cuts === 0) this.#out.reserve(this.length + (this.length >> 1));
    this.cuts += 1;
    this.#out.append(this.codes, this.floor, start);
    const put = by === undefined ? this.#replacement : knownCodes(by);
    this.#out.append(put, 0, put.length);
    this.floor = this.cuts < MOST_CUTS ? end : this.length;
  }

  /** Makes the result the text of the next scan; false when nothing was cut. */
  next(): boolean {
    if (this.floor === 0) return false;
    this.#out.append(this.codes, this.floor, this.length);
    const { length } = this.#out;
    if (length === this.length && this.#isUnchanged()) return false;
    const done = this.#in;
    this.#in = this.#out;
    this.#out = done;
    this.#begin();
    return true;
  }

  #isUnchanged(): boolean {
    const after = this.#out.codes;
    for (let at = 0; at < this.length; at += 1) if (after[at] !== this.codes[at]) return false;
    return true;
  }

  /** The text as it is now. */
  text(): string {
    return this.#in.text();
  }

  release(): void {
    this.#in.release();
    this.#out.release();
    this.codes = this.#in.codes;
  }

  /** True when the text goes on with these characters. */
  has(at: number, literal: string): boolean {
    for (let index = 0; index < literal.length; index += 1) {
      if (this.codes[at + index] !== literal.charCodeAt(index)) return false;
    }
    return at + literal.length <= this.length;
  }

  /** True when these characters stand right before. */
  endsWith(at: number, literal: string): boolean {
    return at >= literal.length && this.has(at - literal.length, literal);
  }

  /** True when a replacement begins here. */
  isReplaced(at: number): boolean {
    const { codes } = this;
    const expected = this.#replacement;
    if (codes[at] !== expected[0] || expected.length === 0) return false;
    for (let index = 1; index < expected.length; index += 1) if (codes[at + index] !== expected[index]) return false;
    return at + expected.length <= this.length;
  }

  /** True when a letter or digit stands before, of the same word. */
  isInWord(at: number): boolean {
    return at > 0 && at !== this.boundary && isWordAt(this.codes, at - 1);
  }

  /** Where a run of characters of these classes ends, at most `most` on. */
  runEnd(at: number, classes: number, most = ANY): number {
    const { codes } = this;
    const last = Math.min(this.length, at + most);
    let end = at;
    while (end < last && (classOf(codes[end] as number) & classes) !== 0) end += 1;
    return end;
  }

  /** Where such a run that ends here starts, at most `most` back. */
  runStart(at: number, classes: number, most: number): number {
    const { codes } = this;
    const first = Math.max(this.floor, at - most);
    let start = at;
    while (start > first && (classOf(codes[start - 1] as number) & classes) !== 0) start -= 1;
    return start;
  }

  /** The character before; 0 at the start of the text, where asking the array would be slow. */
  before(at: number): number {
    return at > 0 ? (this.codes[at - 1] as number) : 0;
  }

  /** The classes of the character here; none at either end of the text. */
  classAt(at: number): number {
    return at < 0 || at >= this.length ? 0 : classOf(this.codes[at] as number);
  }

  slice(start: number, end: number): string {
    return textOf(this.codes, start, Math.min(end, this.length));
  }
}

const known = new Map<string, Uint16Array>();

/** What rules put in themselves: few and always the same. */
function knownCodes(text: string): Uint16Array {
  let codes = known.get(text);
  if (codes === undefined) {
    codes = codesOf(text);
    known.set(text, codes);
  }
  return codes;
}

function codesOf(text: string): Uint16Array {
  return Uint16Array.from(text, (character) => character.charCodeAt(0));
}
