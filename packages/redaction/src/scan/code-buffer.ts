/** Room after the text that reads as zeros, so that looking a little ahead needs no check. */
export const PADDING = 48;

/** What is kept from one text to the next, in UTF-16 units; longer texts get room of their own and give it back. */
const KEPT = 16_384;
/** Below this a loop is faster than a call into native code. */
const SHORT = 24;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** UTF-16 units as numbers: reading them from an array costs a third of asking a string for each. */
export class CodeBuffer {
  codes = new Uint16Array(KEPT + PADDING);
  length = 0;
  #bytes = Buffer.from(this.codes.buffer);

  /** Takes the units of a text. */
  load(text: string): void {
    const { length } = text;
    this.reserve(length);
    this.length = length;
    if (length < SHORT || !isLittleEndian) {
      for (let index = 0; index < length; index += 1) this.codes[index] = text.charCodeAt(index);
    } else {
      this.#bytes.write(text, 0, length * 2, 'utf16le');
    }
  }

  /** Room for this many units; what is there already stays. */
  reserve(length: number): void {
    if (length + PADDING <= this.codes.length) return;
    const larger = new Uint16Array(Math.max(length, Math.min(this.codes.length * 2, length + 1_048_576)) + PADDING);
    larger.set(this.codes.subarray(0, this.length));
    this.codes = larger;
    this.#bytes = Buffer.from(larger.buffer);
  }

  /** Adds units of another buffer. */
  append(from: Uint16Array, start: number, end: number): void {
    const length = end - start;
    const to = this.length;
    if (to + length + PADDING > this.codes.length) this.reserve(to + length);
    const { codes } = this;
    if (length > 64) codes.set(from.subarray(start, end), to);
    else for (let index = 0; index < length; index += 1) codes[to + index] = from[start + index] as number;
    this.length = to + length;
  }

  /** Writes zeros after the text. */
  seal(): void {
    this.codes.fill(0, this.length, this.length + PADDING);
  }

  /** The text, of one byte a character where that is enough, and the text is not so long that looking costs more. */
  text(): string {
    const { codes, length } = this;
    if (length > KEPT && isLittleEndian) return this.#bytes.toString('utf16le', 0, length * 2);
    let all = 0;
    for (let index = 0; index < length; index += 1) all |= codes[index] as number;
    if (all > 255 || !isLittleEndian) return textOf(codes, 0, length);
    const narrow = Buffer.allocUnsafe(length);
    for (let index = 0; index < length; index += 1) narrow[index] = codes[index] as number;
    return narrow.toString('latin1');
  }

  /** Gives back the room of a long text. */
  release(): void {
    this.length = 0;
    if (this.codes.length <= KEPT + PADDING) return;
    this.codes = new Uint16Array(KEPT + PADDING);
    this.#bytes = Buffer.from(this.codes.buffer);
  }
}

/** The text between two places. */
export function textOf(codes: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 4_096) {
    text += String.fromCharCode(...codes.subarray(at, Math.min(end, at + 4_096)));
  }
  return text;
}
