/** What a character may be part of, as bits of `classOf`. */
export const Is = {
  letter: 1,
  digit: 2,
  /** Letters and digits of ASCII. */
  word: 1 | 2,
  hex: 4,
  upper: 8,
  /** base64url, and what most tokens are made of: letters, digits, `_` and `-`. */
  token: 16,
  /** What an authorization scheme may carry (RFC 9110, token68): also `. ~ + / =`. */
  token68: 32,
  /** What the name of a key may have: letters, digits and `_ . - %`. */
  key: 64,
  /** Space and control characters. */
  space: 128,
  quote: 256,
  /** What may stand before the `@` of an e-mail address. */
  local: 512,
  /** What ends a value without quotes: space, quotes, `& ; , < >` and backslash; some only on a closer look. */
  valueEnd: 1024,
  /** What ends the user and host of an address: space, quotes, `/ ? # < >` and backslash. */
  authorityEnd: 2048,
  /** What may stand in the domain of an e-mail address. */
  domain: 4096,
  /** Backslash and closing bracket, which may stand between a key and its separator. */
  enclosing: 8192,
} as const;

const QUOTES = '"\'`';
const NOT_LOCAL = '@"\'`<>()[],;:\\/=&?#|{}%';

/** By UTF-16 unit; a constant of the module, since no other array is read as fast. */
const classes = new Uint16Array(65_536);
for (let code = 0; code < 128; code += 1) classes[code] = classify(String.fromCharCode(code), code);
classes.fill(Is.local | Is.domain, 128);
// what is no letter: controls and signs of Latin 1, punctuation and symbols, halves of characters and private use
for (const [from, to] of [
  [0x80, 0xc0],
  [0xd7, 0xd8],
  [0xf7, 0xf8],
  [0x2010, 0x2c00],
  [0x3001, 0x3005],
  [0xd800, 0xf900],
])
  classes.fill(Is.local, from, to);
// spaces
for (const [from, to] of [
  [0x85, 0x86],
  [0xa0, 0xa1],
  [0x2000, 0x200b],
  [0x2028, 0x202a],
  [0x202f, 0x2030],
  [0x205f, 0x2060],
  [0x3000, 0x3001],
  [0xfeff, 0xff00],
])
  classes.fill(Is.space | Is.valueEnd | Is.authorityEnd, from, to);

function classify(character: string, code: number): number {
  const among = (set: string, bit: number) => (set.includes(character) ? bit : 0);
  if (code <= 32 || code === 127) return Is.space | Is.valueEnd | Is.authorityEnd;
  const letter = /[a-z]/i.test(character) ? Is.letter : 0;
  const digit = /\d/.test(character) ? Is.digit : 0;
  const word = letter | digit ? Is.token | Is.token68 | Is.key | Is.domain : 0;
  return (
    letter |
    digit |
    word |
    (/[\da-f]/i.test(character) ? Is.hex : 0) |
    (/[A-Z]/.test(character) ? Is.upper : 0) |
    among('_-', Is.token) |
    among('_-.~+/=', Is.token68) |
    among('_.-%', Is.key) |
    among(QUOTES, Is.quote | Is.valueEnd | Is.authorityEnd) |
    among('&;,<>\\', Is.valueEnd) |
    among('/?#<>\\', Is.authorityEnd) |
    among('.-', Is.domain) |
    among('\\]', Is.enclosing) |
    (NOT_LOCAL.includes(character) ? 0 : Is.local)
  );
}

/** The bits of a UTF-16 unit. */
export function classOf(code: number): number {
  return classes[code] as number;
}

/** True where a word goes on: letters and digits of ASCII, letters beyond it. */
export function isWordAt(codes: Uint16Array, at: number): boolean {
  const code = codes[at] as number;
  return ((classes[code] as number) & (code < 128 ? Is.word : Is.domain)) !== 0;
}
