/**
 * Ids of traces and spans as 32-bit words, signed: that is how V8 keeps them without an object each. Hexadecimal text is
 * made of them only where somebody asks for it.
 */

/** The ids of a span, most significant word first. */
export interface SpanIds {
  readonly traceId0: number;
  readonly traceId1: number;
  readonly traceId2: number;
  readonly traceId3: number;
  readonly spanId0: number;
  readonly spanId1: number;
}

const TWO_TO_32 = 0x1_0000_0000;
const HEX_DIGITS = 8;

/** A random word. Ids want to be distinct, not secret, and this is what the SDK's generator uses too. */
export function randomWord(): number {
  return (Math.random() * TWO_TO_32) | 0;
}

/** The same, never 0: a word that keeps an id from being all zeros, which says that it is none. */
export function randomNonZeroWord(): number {
  return randomWord() || 1;
}

/** Eight lower-case hexadecimal digits. */
export function wordHex(word: number): string {
  return (word >>> 0).toString(16).padStart(HEX_DIGITS, '0');
}

/** The word of eight hexadecimal digits of `hex` from `start`. */
export function hexWord(hex: string, start: number): number {
  return Number.parseInt(hex.slice(start, start + HEX_DIGITS), 16) | 0;
}
