import type { Segment } from './mappings.js';

const MAX_DECLARATIONS = 200_000;
const MAX_NAME = 64;
/** What stands before the name of a function or a class, and what behind one that a function or a class is given to. */
const BEFORE = /(?:function\*?|class) ?$/;
const BEHIND = /^ ?= ?(?:\(|async\b|function\b|class\b|[\w$]+ ?=>)/;
const NEAR = 16;

/**
 * The names that functions and classes of a minified file have in their sources, by where they are declared. A map says
 * what a name was at each place, and which place declares it is seen in the file itself.
 */
export class DeclaredNames {
  readonly #lines: number[] = [];
  readonly #columns: number[] = [];
  readonly #minified: number[] = [];
  readonly #names: number[] = [];
  readonly #known = new Map<string, number>();
  #texts: readonly string[] = [];

  get count(): number {
    return this.#lines.length;
  }

  /** Adds a segment with a name, in the order of the file, if it is a declaration. */
  add(segment: Segment, file: FileCursor): void {
    if (this.count >= MAX_DECLARATIONS) return;
    const at = file.offsetOf(segment.line, segment.column);
    if (at === -1) return;
    const name = file.identifierAt(at);
    if (
      name === '' ||
      !(BEFORE.test(file.latin(at - NEAR, at)) || BEHIND.test(file.latin(at + name.length, at + name.length + NEAR)))
    )
      return;
    let minified = this.#known.get(name);
    if (minified === undefined) {
      minified = this.#known.size;
      this.#known.set(name, minified);
    }
    this.#lines.push(segment.line);
    this.#columns.push(segment.column);
    this.#minified.push(minified);
    this.#names.push(segment.name);
  }

  /** Takes the texts of the names that are used; the others are not kept. Pauses now and then. */
  *keep(text: (name: number) => string): Generator<void, void> {
    const kept = new Map<number, number>();
    const texts: string[] = [];
    for (let index = 0; index < this.count; index += 1) {
      const name = this.#names[index] as number;
      let at = kept.get(name);
      if (at === undefined) {
        at = texts.length;
        kept.set(name, at);
        texts.push(text(name).slice(0, MAX_NAME));
      }
      this.#names[index] = at;
      if (index % 500 === 0) yield;
    }
    this.#texts = texts;
  }

  /** What a minified name stands for within the function at a place: its nearest declaration before. */
  find(name: string, line: number, column: number): string | undefined {
    const minified = this.#known.get(name);
    if (minified === undefined) return undefined;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const atLine = this.#lines[middle] as number;
      if (atLine < line || (atLine === line && (this.#columns[middle] as number) <= column)) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= 0; index -= 1) {
      if (this.#minified[index] === minified) return this.#texts[this.#names[index] as number];
    }
    return undefined;
  }
}

/** Finds places of a file by line and column, from its beginning to its end. */
export class FileCursor {
  #line = 0;
  #column = 0;
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Where a place is; -1 when it lies before the last one, or outside. */
  offsetOf(line: number, column: number): number {
    const { bytes } = this;
    while (this.#line < line) {
      const end = bytes.indexOf(10, this.#at);
      if (end === -1) return -1;
      this.#at = end + 1;
      this.#line += 1;
      this.#column = 0;
    }
    if (this.#line > line || this.#column > column) return -1;
    while (this.#column < column && this.#at < bytes.length) {
      const byte = bytes[this.#at] as number;
      // the first byte of a character counts its UTF-16 units, those that follow it count nothing
      if (byte < 0x80 || byte >= 0xc0) this.#column += byte >= 0xf0 ? 2 : 1;
      this.#at += 1;
      while (this.#column === column && ((bytes[this.#at] ?? 0) & 0xc0) === 0x80) this.#at += 1;
    }
    return this.#at < bytes.length ? this.#at : -1;
  }

  /** The name that begins at a place; empty without one. */
  identifierAt(at: number): string {
    let end = at;
    while (end < this.bytes.length && end - at < MAX_NAME && isName(this.bytes[end] as number)) end += 1;
    return this.bytes.toString('latin1', at, end);
  }

  /** A part of it, for looking at its signs. */
  latin(start: number, end: number): string {
    return this.bytes.toString('latin1', Math.max(0, start), Math.min(end, this.bytes.length));
  }
}

function isName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  );
}
