/** 1: a letter of ASCII, 2: a digit, 4: a space, 8: what else a word may have, `-` and `_`; of other characters nothing. */
const KINDS = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) KINDS[code] = 1;
  else if (/\d/.test(character)) KINDS[code] = 2;
  else if (/\s/.test(character)) KINDS[code] = 4;
  else if (character === '-' || character === '_') KINDS[code] = 8;
}

/** The kinds of all characters of a text together. 16: any other of ASCII, 32: beyond ASCII. */
export function kindsOf(text: string): number {
  let kinds = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    kinds |= code < 128 ? (KINDS[code] as number) || 16 : 32;
  }
  return kinds;
}

/** A letter of any alphabet, as far as that shows: beyond ASCII all that is no sign. */
export function isLetter(code: number): boolean {
  return code < 128 ? KINDS[code] === 1 : code >= 0xc0 && (code < 0x2000 || code > 0x206f);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Spaces, tabs and line feeds. */
export function isSpace(code: number): boolean {
  return code < 128 ? KINDS[code] === 4 : code === 160;
}
