import { COARSE_PRECISION, FULL_PRECISION, HyperLogLog } from './hyper-log-log.js';
import { isUserCode, placeOf } from './user-code.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CHARS = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
const NONE = 255;
/** The value of each character. */
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code));
  return value < 0 ? NONE : value;
});
/** The form's version and what follows: codes of five characters each, or the precision and a character for each register. */
const CODES = '1c';
const REGISTERS = '1r';
const CODE_LENGTH = 5;

/** A sketch as text of the base64 alphabet. */
export function sketchText(sketch: HyperLogLog): string {
  const { codes, registers, precision } = sketch;
  if (registers === undefined) return codesText(codes ?? []);
  const chars = new Uint8Array(1 + registers.length);
  chars[0] = charOf(precision);
  for (let index = 0; index < registers.length; index += 1) chars[index + 1] = charOf(registers[index] as number);
  return REGISTERS + flatText(chars);
}

/** Codes in ascending order as the text of a sketch that holds them. */
export function codesText(codes: ArrayLike<number>): string {
  const chars = new Uint8Array(codes.length * CODE_LENGTH);
  for (let index = 0; index < chars.length; index += 1) {
    const shift = 6 * (CODE_LENGTH - 1 - (index % CODE_LENGTH));
    chars[index] = charOf((codes[Math.floor(index / CODE_LENGTH)] as number) >>> shift);
  }
  return CODES + flatText(chars);
}

/** The sketch of a text; undefined when the text is none: of another version, or damaged. Total on any input. */
export function sketchOfText(text: unknown): HyperLogLog | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.startsWith(CODES)) return ofCodes(text);
  return text.startsWith(REGISTERS) ? ofRegisters(text) : undefined;
}

function ofCodes(text: string): HyperLogLog | undefined {
  const count = (text.length - CODES.length) / CODE_LENGTH;
  if (!Number.isInteger(count) || count > 1 << FULL_PRECISION) return undefined;
  const sketch = new HyperLogLog();
  let placeBefore = -1;
  for (let start = CODES.length; start < text.length; start += CODE_LENGTH) {
    let code = 0;
    for (let index = start; index < start + CODE_LENGTH; index += 1) {
      const value = valueAt(text, index);
      if (value === NONE) return undefined;
      code = code * 64 + value;
    }
    if (!isUserCode(code) || placeOf(code) <= placeBefore) return undefined;
    placeBefore = placeOf(code);
    sketch.add(code);
  }
  return sketch;
}

function ofRegisters(text: string): HyperLogLog | undefined {
  const precision = valueAt(text, REGISTERS.length);
  const start = REGISTERS.length + 1;
  if (precision < COARSE_PRECISION || precision > FULL_PRECISION) return undefined;
  if (text.length !== start + (1 << precision)) return undefined;
  const highest = 64 - precision + 1;
  const registers = new Uint8Array(1 << precision);
  for (let index = 0; index < registers.length; index += 1) {
    const rank = valueAt(text, start + index);
    if (rank > highest) return undefined;
    registers[index] = rank;
  }
  return HyperLogLog.ofRegisters(registers, precision);
}

function valueAt(text: string, index: number): number {
  return VALUES[text.charCodeAt(index)] ?? NONE;
}

/** The character of the lowest six bits. */
function charOf(value: number): number {
  return CHARS[value & 63] as number;
}

/** Text that is put together character by character would be kept as a tree of them, thirty times as large. */
function flatText(chars: Uint8Array): string {
  return Buffer.from(chars.buffer, chars.byteOffset, chars.length).toString('latin1');
}
