const QUOTE = 34;
const BACKSLASH = 92;
const MAX_SOURCES = 20_000;
const MAX_NAMES = 500_000;
/** Strings or signs that are read between two pauses. */
const STEPS = 2000;

/** What of a source map is used (ECMA-426, "Source map format"). */
export interface ScannedMap {
  readonly sourceRoot: string;
  readonly sources: readonly string[];
  /** Where each name begins and ends in the file, without its quotation marks. */
  readonly names: Int32Array;
  /** Where the mappings begin and end in the file. */
  readonly mappings: readonly [start: number, end: number];
}

/**
 * Finds the parts of a source map in its bytes. `JSON.parse` of some megabytes holds the event loop up for tens of
 * milliseconds, and would read the sources' content too, which is passed over here. Undefined for what is no such map; an
 * index map (`sections`) is none.
 */
export function* scanSourceMap(json: Buffer): Generator<void, ScannedMap | undefined> {
  const scanner = new Scanner(json);
  let sourceRoot = '';
  let sources: readonly string[] | undefined;
  let names = new Int32Array(0);
  let mappings: readonly [number, number] | undefined;
  if (!scanner.enter(123)) return undefined;
  while (scanner.at < json.length) {
    const key = yield* scanner.string();
    if (key === undefined) break;
    if (!scanner.enter(58)) return undefined;
    switch (scanner.text(key)) {
      case 'mappings':
        mappings = yield* scanner.string();
        break;
      case 'sourceRoot': {
        const range = scanner.next() === QUOTE ? yield* scanner.string() : undefined;
        if (range === undefined) yield* scanner.skip();
        else sourceRoot = scanner.text(range);
        break;
      }
      case 'sources': {
        const ranges = yield* scanner.strings(MAX_SOURCES);
        sources = Array.from({ length: ranges.length / 2 }, (_, index) =>
          scanner.text([ranges[index * 2] as number, ranges[index * 2 + 1] as number]),
        );
        break;
      }
      case 'names':
        names = yield* scanner.strings(MAX_NAMES);
        break;
      default:
        yield* scanner.skip();
    }
    if (!scanner.enter(44)) break;
  }
  return mappings === undefined || sources === undefined ? undefined : { sourceRoot, sources, names, mappings };
}

/** Walks through JSON without making anything of it. */
class Scanner {
  at = 0;
  #steps = 0;

  constructor(private readonly json: Buffer) {}

  /** The next sign that is no space. */
  next(): number {
    while (this.at < this.json.length && (this.json[this.at] as number) <= 32) this.at += 1;
    return this.json[this.at] ?? 0;
  }

  /** Passes over one sign; false when the next one is another. */
  enter(sign: number): boolean {
    if (this.next() !== sign) return false;
    this.at += 1;
    return true;
  }

  /** Passes over a string: where it begins and ends. */
  *string(): Generator<void, readonly [number, number] | undefined> {
    if (!this.enter(QUOTE)) return undefined;
    const start = this.at;
    for (;;) {
      const end = this.json.indexOf(QUOTE, this.at);
      if (end === -1) {
        this.at = this.json.length;
        return undefined;
      }
      this.at = end + 1;
      let escapes = end;
      while (escapes > start && this.json[escapes - 1] === BACKSLASH) escapes -= 1;
      if ((end - escapes) % 2 === 0) return [start, end];
      if (this.#isDue()) yield;
    }
  }

  /** Passes over a list: where its strings begin and end, two numbers each; an empty one for what is no string. */
  *strings(limit: number): Generator<void, Int32Array<ArrayBuffer>> {
    const ranges: number[] = [];
    if (!this.enter(91)) {
      yield* this.skip();
      return new Int32Array(0);
    }
    while (this.at < this.json.length && this.next() !== 93) {
      const before = this.at;
      const range = this.next() === QUOTE ? yield* this.string() : undefined;
      if (range === undefined) yield* this.skip();
      // what belongs to no list: the map is torn
      if (this.at === before) break;
      if (ranges.length < limit * 2) ranges.push(range?.[0] ?? 0, range?.[1] ?? 0);
      this.enter(44);
      if (this.#isDue()) yield;
    }
    this.enter(93);
    return Int32Array.from(ranges);
  }

  /** Passes over any value. */
  *skip(): Generator<void, void> {
    let depth = 0;
    while (this.at < this.json.length) {
      const sign = this.next();
      if (sign === QUOTE) yield* this.string();
      else if (depth === 0 && (sign === 44 || sign === 125 || sign === 93)) return;
      else {
        if (sign === 123 || sign === 91) depth += 1;
        if (sign === 125 || sign === 93) depth -= 1;
        this.at += 1;
        if (depth === 0 && (sign === 125 || sign === 93)) return;
      }
      if (this.#isDue()) yield;
      if (depth === 0 && sign === QUOTE) return;
    }
  }

  text([start, end]: readonly [number, number]): string {
    const raw = this.json.toString('utf8', start, Math.min(end, start + 4096));
    if (!raw.includes('\\')) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      return raw;
    }
  }

  #isDue(): boolean {
    this.#steps += 1;
    return this.#steps % STEPS === 0;
  }
}
