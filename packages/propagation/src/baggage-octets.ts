/**
 * The characters of W3C Baggage ("Header Content"): which of them may stand in keys and values, and how all others are
 * percent-encoded.
 */

const TOKEN = charactersOf("!#$%&'*+-.^_`|~", isAlphaOrDigit);
const OCTET = charactersOf(
  '!',
  (code) => code >= 0x23 && code <= 0x7e && code !== 0x2c && code !== 0x3b && code !== 0x5c,
);
/** Octets that stand for themselves. A plus is one by the specification, but some read it as a space. */
const PLAIN = OCTET.map((is, code) => (code === 0x25 || code === 0x2b ? 0 : is));
const PERCENT = 0x25;

function charactersOf(marks: string, isOne: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) =>
    marks.includes(String.fromCharCode(code)) || isOne(code) ? 1 : 0,
  );
}

function isAlphaOrDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function isAll(kind: Uint8Array, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (kind[text.charCodeAt(index)] !== 1) return false;
  return true;
}

/** Whether it is a token of HTTP (RFC 7230, section 3.2.6), which every key must be. */
export function isToken(text: string): boolean {
  return text.length > 0 && isAll(TOKEN, text);
}

/** Whether it is a value as it stands in a header, empty or not. */
export function isEncodedValue(text: string): boolean {
  return isAll(OCTET, text);
}

/** Any text as a value. Half a surrogate pair becomes U+FFFD. */
export function encodeValue(text: string): string {
  return isAll(PLAIN, text) ? text : encode(text, PLAIN);
}

/** The same for text that may be encoded already: a percent sign stays. */
export function encodeOnce(text: string): string {
  return isAll(OCTET, text) ? text : encode(text, OCTET);
}

function encode(text: string, kept: Uint8Array): string {
  let encoded = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    encoded +=
      kept[byte] === 1 ? String.fromCharCode(byte) : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }
  return encoded;
}

/**
 * The text of a value as it stands in a header. What is not UTF-8 becomes U+FFFD; a percent sign without two digits stands
 * for itself.
 */
export function decodeValue(encoded: string): string {
  if (!encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return decodeLoosely(encoded);
  }
}

function decodeLoosely(encoded: string): string {
  const bytes = Buffer.allocUnsafe(encoded.length);
  let length = 0;
  for (let index = 0; index < encoded.length; index += 1) {
    const code = encoded.charCodeAt(index);
    const octet = code === PERCENT ? hexPair(encoded, index + 1) : -1;
    bytes[length] = octet === -1 ? code : octet;
    length += 1;
    if (octet !== -1) index += 2;
  }
  return bytes.toString('utf8', 0, length);
}

function hexPair(text: string, start: number): number {
  const pair = text.slice(start, start + 2);
  return /^[0-9A-Fa-f]{2}$/.test(pair) ? Number.parseInt(pair, 16) : -1;
}
