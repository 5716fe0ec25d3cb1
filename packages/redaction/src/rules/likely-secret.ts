import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const SHORTEST = 6;

/** Names of algorithms and formats, which have digits as well. */
const KNOWN =
  /^(?:sha-?\d+|sha3-?\d*|md[45]|base64(?:url)?|base32|utf-?\d+|[ehpr]s\d+|oauth2?|argon2(?:id|i|d)?|pbkdf2|bcrypt\d*|x509|ed25519|aes-?\d+|rsa-?\d+|v\d+|http2?|ipv[46]|[a-z]+v\d)$/i;

/** True for six characters and more with letters and digits or marks among them, as passwords have and words have not. */
export function isLikelySecret(scan: Scan, start: number, end: number): boolean {
  if (end - start < SHORTEST) return false;
  let has = 0;
  for (let at = start; at < end; at += 1) has |= scan.classAt(at);
  if ((has & Is.digit) === 0 || (has & Is.letter) === 0) return false;
  return end - start > 16 || !KNOWN.test(scan.slice(start, end));
}
