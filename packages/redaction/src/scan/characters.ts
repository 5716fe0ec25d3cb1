/** What a character may be part of, as bits of `classOf`. Beyond ASCII a character has the bits of `beyond`. */
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
} as const;

const QUOTES = '"\'`';
const NOT_LOCAL = '@"\'`<>()[],;:\\/=&?#|{}%';

const classes = new Uint16Array(128);
for (let code = 0; code < 128; code += 1) classes[code] = classify(String.fromCharCode(code), code);

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
    (NOT_LOCAL.includes(character) ? 0 : Is.local)
  );
}

/** Spaces and marks beyond ASCII: they end a word, an address and a value as their like in ASCII do. */
function beyond(code: number): number {
  if (code === 0x85 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029)
    return Is.space | Is.valueEnd | Is.authorityEnd;
  if (code === 0x202f || code === 0x205f || code === 0x3000 || code === 0xfeff)
    return Is.space | Is.valueEnd | Is.authorityEnd;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return Is.local;
  if ((code >= 0x2010 && code <= 0x2bff) || (code >= 0x3001 && code <= 0x3004) || (code >= 0xd800 && code <= 0xf8ff))
    return Is.local;
  return Is.local | Is.domain;
}

/** The bits of a UTF-16 unit. */
export function classOf(code: number): number {
  return code < 128 ? (classes[code] as number) : beyond(code);
}

/** True where a word goes on: letters and digits of ASCII, letters beyond it. */
export function isWordAt(codes: Uint16Array, at: number): boolean {
  const code = codes[at] as number;
  return code < 128 ? ((classes[code] as number) & Is.word) !== 0 : (beyond(code) & Is.domain) !== 0;
}
