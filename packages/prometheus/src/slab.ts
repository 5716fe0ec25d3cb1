import { sampleValue } from './number-text.js';

const ZERO = 48;
const NONE: Buffer = Buffer.alloc(0);
const LARGEST_BY_HAND = 0x7fff_ffff;

/**
 * Bytes of a page under way. It appends without a look at its bounds: whoever writes asks `room` first. Bytes instead of
 * strings, because joined strings look cheap only until the socket wants them in one piece.
 */
export class Slab {
  #bytes: Buffer = NONE;
  #at = 0;

  /** @param next asked for a buffer when something is to be written and not before */
  constructor(private readonly next: () => Buffer) {}

  /** How many bytes can be appended. */
  get room(): number {
    if (this.#bytes === NONE) this.#bytes = this.next();
    return this.#bytes.length - this.#at;
  }

  get length(): number {
    return this.#at;
  }

  /** What was written, which is the caller's from now on; writing goes on in another buffer. */
  take(): Buffer {
    const written = this.#bytes.subarray(0, this.#at);
    this.#bytes = NONE;
    this.#at = 0;
    return written;
  }

  /** A buffer for this once, in place of an empty one that cannot hold even one line. */
  enlarge(bytes: number): void {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
    this.#at = 0;
  }

  text(text: string): void {
    this.#at += this.#bytes.write(text, this.#at, 'utf8');
  }

  /** Faster than `text`, for characters of one byte each. */
  ascii(text: string): void {
    this.#at += this.#bytes.write(text, this.#at, 'latin1');
  }

  /** A few bytes: a loop is quicker than a call. */
  copy(source: Uint8Array): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < source.length; index += 1) bytes[at++] = source[index]!;
    this.#at = at;
  }

  /** Appends again what stands at `start`. */
  repeat(start: number, length: number): void {
    this.#bytes.copyWithin(this.#at, start, start + length);
    this.#at += length;
  }

  byte(value: number): void {
    this.#bytes[this.#at++] = value;
  }

  /** The value of a sample, at most `NUMBER_BYTES` long. */
  number(value: number): void {
    if (value >= 0 && value <= LARGEST_BY_HAND && Math.trunc(value) === value) this.#integer(value);
    else this.#characters(sampleValue(value));
  }

  #integer(value: number): void {
    const bytes = this.#bytes;
    let rest = value | 0;
    let at = this.#at + digits(rest);
    this.#at = at;
    do {
      const tenth = (rest / 10) | 0;
      bytes[--at] = ZERO + rest - tenth * 10;
      rest = tenth;
    } while (rest > 0);
  }

  #characters(text: string): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < text.length; index += 1) bytes[at++] = text.charCodeAt(index);
    this.#at = at;
  }
}

/** The longest that JavaScript writes: -1.2345678901234567e-123. */
export const NUMBER_BYTES = 24;

function digits(value: number): number {
  if (value < 1e5) return value < 10 ? 1 : value < 100 ? 2 : value < 1e3 ? 3 : value < 1e4 ? 4 : 5;
  return value < 1e6 ? 6 : value < 1e7 ? 7 : value < 1e8 ? 8 : value < 1e9 ? 9 : 10;
}
