const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The value of each digit; -1 for what is none. */
const VALUES = new Int8Array(256).fill(-1);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

const COMMA = 44;
const SEMICOLON = 59;
/** Segments between two places from which reading can go on. */
const STRIDE = 64;
/** Numbers that are kept of such a place: offset, line and column, and the state of the differences. */
const FIELDS = 7;

/** A place of the code that runs and where it comes from; lines and columns from 0, in UTF-16 units. */
export interface Segment {
  line: number;
  column: number;
  /** Index of the source; -1 where the code comes from none. */
  source: number;
  sourceLine: number;
  sourceColumn: number;
  /** Index of the name; -1 without one. */
  name: number;
}

/** Reads mappings one after another (ECMA-426, "Mappings structure"): each is told as the difference to the one before. */
class Reader {
  readonly segment: Segment = { line: 0, column: 0, source: -1, sourceLine: 0, sourceColumn: 0, name: -1 };
  /** The differences go on from here, whatever the last segment had. */
  source = 0;
  name = 0;

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  /** Reads the next segment; false at the end, and where no mapping can be read. */
  next(): boolean {
    const { bytes, segment } = this;
    while (this.at < bytes.length) {
      const sign = bytes[this.at];
      if (sign !== COMMA && sign !== SEMICOLON) break;
      if (sign === SEMICOLON) {
        segment.line += 1;
        segment.column = 0;
      }
      this.at += 1;
    }
    if (this.at >= bytes.length) return false;
    segment.column += this.number();
    segment.source = -1;
    segment.name = -1;
    if (!this.hasMore()) return this.#isWhole;
    this.source += this.number();
    segment.source = this.source;
    segment.sourceLine += this.number();
    segment.sourceColumn += this.number();
    if (!this.hasMore()) return this.#isWhole;
    this.name += this.number();
    segment.name = this.name;
    return this.#isWhole;
  }

  #isWhole = true;

  private hasMore(): boolean {
    const sign = this.bytes[this.at];
    return sign !== undefined && sign !== COMMA && sign !== SEMICOLON;
  }

  private number(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 5) {
      const digit = VALUES[this.bytes[this.at] ?? 0] as number;
      if (digit === -1) break;
      this.at += 1;
      value |= (digit & 31) << shift;
      if ((digit & 32) === 0) return (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
    }
    this.#isWhole = false;
    return 0;
  }
}

/**
 * The mappings of one file, kept as they are written, with a place every 64 segments from which they can be read: a tenth
 * of the memory of a table, and a lookup reads 64 segments at most.
 */
export class Mappings {
  private constructor(
    private readonly bytes: Uint8Array,
    private readonly places: Int32Array,
  ) {}

  /**
   * Reads all mappings once, pausing now and then.
   *
   * @param named is told each segment that has a name
   */
  static *read(bytes: Uint8Array, named: (segment: Segment) => void): Generator<void, Mappings> {
    const reader = new Reader(bytes, 0);
    const places: number[] = [];
    const { segment } = reader;
    for (let count = 0; ; count += 1) {
      if (count % STRIDE === 0) {
        const { line, column, sourceLine, sourceColumn } = segment;
        places.push(reader.at, line, column, reader.source, sourceLine, sourceColumn, reader.name);
        if (count % (STRIDE * 16) === 0) yield;
      }
      if (!reader.next()) break;
      if (segment.name >= 0) named(segment);
    }
    return new Mappings(bytes, Int32Array.from(places));
  }

  /** Bytes that it holds. */
  get size(): number {
    return this.bytes.length + this.places.byteLength;
  }

  /** Where the code at a place comes from: the last segment of its line that begins there or before. */
  find(line: number, column: number): Segment | undefined {
    const { places } = this;
    let low = 0;
    let high = places.length / FIELDS - 1;
    // the last place that is before the one that is looked for
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const placeLine = places[middle * FIELDS + 1] as number;
      const isBefore = placeLine < line || (placeLine === line && (places[middle * FIELDS + 2] as number) <= column);
      if (isBefore) low = middle;
      else high = middle - 1;
    }
    let found: Segment | undefined;
    // the segment that the last place stands behind is read from the place before it
    const reader = this.#readerAt(Math.max(0, low - 1));
    while (reader.next()) {
      const { segment } = reader;
      if (segment.line > line || (segment.line === line && segment.column > column)) break;
      if (segment.line === line) found = { ...segment };
    }
    return found === undefined || found.source < 0 ? undefined : found;
  }

  #readerAt(place: number): Reader {
    const [at = 0, line = 0, column = 0, source = 0, sourceLine = 0, sourceColumn = 0, name = 0] = this.places.subarray(
      place * FIELDS,
      (place + 1) * FIELDS,
    );
    const reader = new Reader(this.bytes, at);
    Object.assign(reader.segment, { line, column, sourceLine, sourceColumn });
    reader.source = source;
    reader.name = name;
    return reader;
  }
}
