const ZERO = 0x30;
const NINE = 0x39;
const LOWER_A = 0x61;
const LOWER_F = 0x66;

/** Whether all of `text` from `start` to `end` is lower-case hexadecimal; false where the text is shorter. */
export function isLowerHex(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    // past the end it is NaN, which is in no range
    if (!(code >= ZERO && code <= NINE) && !(code >= LOWER_A && code <= LOWER_F)) return false;
  }
  return true;
}

/** Whether all of it is the digit 0, which says of an id that it is none. */
export function isAllZeros(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (text.charCodeAt(index) !== ZERO) return false;
  return true;
}
