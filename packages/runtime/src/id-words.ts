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
/** The code of each digit. */
const CODES = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** The digit of each code, in either case; 16 for a code of none. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = CODES.indexOf(String.fromCharCode(code).toLowerCase().charCodeAt(0));
  return digit < 0 ? 16 : digit;
});

/** A random word. Ids want to be distinct, not secret, and this is what the SDK's generator uses too. */
export function randomWord(): number {
  return (Math.random() * TWO_TO_32) | 0;
}

/** The same, never 0: a word that keeps an id from being all zeros, which says that it is none. */
export function randomNonZeroWord(): number {
  return randomWord() || 1;
}

/** Eight lower-case hexadecimal digits; in one go, since `toString(16)` and padding take three times as long. */
export function wordHex(word: number): string {
  return String.fromCharCode(
    code(word >>> 28),
    code(word >>> 24),
    code(word >>> 20),
    code(word >>> 16),
    code(word >>> 12),
    code(word >>> 8),
    code(word >>> 4),
    code(word),
  );
}

/** The word of eight hexadecimal digits of `hex` from `start`; of the digits before what is none. */
export function hexWord(hex: string, start: number): number {
  let word = 0;
  for (let index = start; index < start + HEX_DIGITS; index += 1) {
    const digit = DIGITS[hex.charCodeAt(index)] ?? 16;
    if (digit === 16) return Number.parseInt(hex.slice(start, start + HEX_DIGITS), 16) | 0;
    word = (word << 4) | digit;
  }
  return word;
}

function code(digit: number): number {
  return CODES[digit & 0xf] as number;
}
