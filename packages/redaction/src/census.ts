/**
 * Which characters a text has, as bits: one cheap pass that lets nearly all text skip nearly all rules.
 */
export const Has = {
  at: 1,
  /** `=` or `:`. */
  assign: 2,
  slash: 4,
  backslash: 8,
  underscore: 16,
  dash: 32,
  dot: 64,
  /** Space or control character. */
  space: 128,
  upper: 256,
  /** At least 13 digits, the length of the shortest card number. */
  cardDigits: 512,
} as const;

const DIGIT = 1024;
const SHORTEST_CARD = 13;

const bits = new Uint16Array(128);
for (let code = 0; code <= 32; code += 1) bits[code] = Has.space;
for (let code = 48; code <= 57; code += 1) bits[code] = DIGIT;
for (let code = 65; code <= 90; code += 1) bits[code] = Has.upper;
const marks: readonly [string, number][] = [
  ['@', Has.at],
  ['=', Has.assign],
  [':', Has.assign],
  ['/', Has.slash],
  ['\\', Has.backslash],
  ['_', Has.underscore],
  ['-', Has.dash],
  ['.', Has.dot],
];
for (const [character, bit] of marks) bits[character.charCodeAt(0)] = bit;

/** The bits of `Has` that are true for this text. */
export function census(text: string): number {
  let seen = 0;
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) continue;
    const bit = bits[code] as number;
    seen |= bit;
    if (bit === DIGIT) digits += 1;
  }
  return digits >= SHORTEST_CARD ? seen | Has.cardDigits : seen;
}
