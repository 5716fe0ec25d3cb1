import { sampleValue } from './number-text.js';

/*
 * Each puts something into `target` at `at` and gives the place behind it. They look at no bounds: whoever calls has seen
 * to the room. Loops, because a call into the runtime is dearer than a dozen bytes.
 */

const ZERO = 48;
const LARGEST_BY_HAND = 0x7fff_ffff;

/** The longest number that JavaScript writes: -0.0000012345678901234567, before an exponent is shorter. */
export const NUMBER_BYTES = 25;

export function putBytes(target: Uint8Array, at: number, source: Uint8Array): number {
  const { length } = source;
  for (let index = 0; index < length; index += 1) target[at + index] = source[index]!;
  return at + length;
}

/** Characters of one byte each. */
export function putCharacters(target: Uint8Array, at: number, text: string): number {
  const { length } = text;
  for (let index = 0; index < length; index += 1) target[at + index] = text.charCodeAt(index);
  return at + length;
}

/** The value of a sample. */
export function putNumber(target: Uint8Array, at: number, value: number): number {
  return value >= 0 && value <= LARGEST_BY_HAND && Math.trunc(value) === value
    ? putInteger(target, at, value | 0)
    : putCharacters(target, at, sampleValue(value));
}

/** A whole number from 0 to 2^31 - 1. */
function putInteger(target: Uint8Array, at: number, value: number): number {
  const end = at + digits(value);
  let place = end;
  let rest = value;
  do {
    const tenth = (rest / 10) | 0;
    place -= 1;
    target[place] = ZERO + rest - tenth * 10;
    rest = tenth;
  } while (rest > 0);
  return end;
}

function digits(value: number): number {
  if (value < 1e5) return value < 10 ? 1 : value < 100 ? 2 : value < 1e3 ? 3 : value < 1e4 ? 4 : 5;
  return value < 1e6 ? 6 : value < 1e7 ? 7 : value < 1e8 ? 8 : value < 1e9 ? 9 : 10;
}
