import type { Rule } from '../rule.js';
import { Is, isWordAt } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

/** Length of an IBAN by country (ISO 13616, the registry of SWIFT). */
const lengths = new Uint8Array(26 * 26);
for (const entry of (
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
  'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
  'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
  'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
).split(' ')) {
  lengths[(entry.charCodeAt(0) - 65) * 26 + entry.charCodeAt(1) - 65] = Number(entry.slice(2));
}

/** Bank account numbers: the length of their country, spaces or dashes between groups or none, right by mod 97. */
export const ibanRule: Rule = {
  name: 'iban',
  atCodes: true,
  look(scan, at) {
    const length = lengths[letterAt(scan, at) * 26 + letterAt(scan, at + 1)] as number;
    if (length === 0) return at;
    const end = ibanEnd(scan, at, length);
    if (end === -1 || !isRight(scan.codes, at, end)) return at;
    scan.cut(at, end);
    return end;
  },
};

/** 0 to 25, in either case. */
const letterAt = (scan: Scan, at: number) => ((scan.codes[at] as number) | 32) - 97;

/** Where this many letters and digits end, of which at most four stand together where there are gaps; -1 for fewer. */
function ibanEnd(scan: Scan, start: number, length: number): number {
  let read = 0;
  let at = start;
  for (; read < length; at += 1) {
    if ((scan.classAt(at) & Is.word) !== 0) read += 1;
    else if (
      (scan.codes[at] !== 32 && scan.codes[at] !== 45) ||
      read % 4 !== 0 ||
      (scan.classAt(at + 1) & Is.word) === 0
    )
      return -1;
  }
  return at < scan.length && (isWordAt(scan.codes, at) || scan.codes[at] === 95) ? -1 : at;
}

/** ISO 7064, mod 97-10: the first four characters at the end, letters as 10 to 35, the rest by 97 is 1. */
function isRight(codes: Uint16Array, start: number, end: number): boolean {
  let rest = 0;
  let read = 0;
  for (let at = start; at < end; at += 1) {
    if (read >= 4) rest = fold(rest, codes[at] as number);
    if (codes[at] !== 32 && codes[at] !== 45) read += 1;
  }
  for (let at = start; at < start + 4; at += 1) rest = fold(rest, codes[at] as number);
  return rest === 1;
}

function fold(rest: number, code: number): number {
  if (code >= 48 && code <= 57) return (rest * 10 + code - 48) % 97;
  const letter = (code | 32) - 97;
  return letter >= 0 && letter < 26 ? (rest * 100 + letter + 10) % 97 : rest;
}
