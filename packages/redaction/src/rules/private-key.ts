import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const BEGIN = '-----BEGIN ';
const MAX_KIND = 40;
const DASHES = 5;

/** PEM private keys, from BEGIN to END; one whose end was cut off goes to the end of the text. */
export const privateKeyRule: Rule = {
  name: 'private key',
  // the dash before BEGIN, since lines of dashes are many
  at: ['-B'],
  look(scan, at) {
    const start = at - DASHES + 1;
    const end = start < scan.floor ? -1 : privateKeyEnd(scan, start, false);
    if (end === -1) return at;
    scan.cut(start, end);
    return end;
  },
};

/**
 * Where a PEM key that begins here ends; -1 when none does.
 *
 * @param whatever true where any block is a secret, because of its name
 */
export function privateKeyEnd(scan: Scan, at: number, whatever: boolean): number {
  if (scan.codes[at + 5] !== 66 || !scan.has(at, BEGIN)) return -1;
  const kind = at + BEGIN.length;
  const kindEnd = scan.runEnd(kind, Is.upper | Is.digit | Is.space, MAX_KIND);
  if (!scan.has(kindEnd, '-----')) return -1;
  const isPrivate = scan.endsWith(kindEnd, 'PRIVATE KEY') || scan.endsWith(kindEnd, 'PRIVATE KEY BLOCK');
  return isPrivate || whatever ? afterEnd(scan, kindEnd + 5) : -1;
}

function afterEnd(scan: Scan, from: number): number {
  const { codes, length } = scan;
  for (let at = from; at < length; at += 1) {
    if (codes[at] !== 45 || !scan.has(at, '-----END ')) continue;
    for (let close = at + 9; close < length; close += 1) {
      if (codes[close] === 45 && scan.has(close, '-----')) return close + 5;
    }
    return length;
  }
  return length;
}
