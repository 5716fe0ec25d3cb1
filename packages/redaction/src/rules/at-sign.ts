import type { Rule } from '../rule.js';
import { classOf, Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';
import { findDataSource } from './data-source.js';
import { findAddress } from './email-address.js';

const DOT = 46;
const COLON = 58;
const BRACKET = 40;
const LETTER_L = 108;
const MOST = 253;

/** What has an `@` in it: data sources and e-mail addresses, told apart by what ends the host. */
export const atSignRule: Rule = {
  name: 'at sign',
  at: ['@'],
  after: Is.domain | Is.token,
  look(scan, at) {
    const after = at + 1;
    const first = scan.codes[after] as number;
    const end = hostEnd(scan, after);
    const code = scan.codes[end] as number;
    if (code === COLON || code === BRACKET || first === LETTER_L) {
      const next = findDataSource(scan, at);
      if (next > at) return next;
    }
    return mayBeDomain(scan, after, end) ? findAddress(scan, at, after) : at;
  },
};

function hostEnd({ codes }: Scan, start: number): number {
  const last = start + MOST;
  let end = start;
  while (end < last && (classOf(codes[end] as number) & (Is.domain | Is.token)) !== 0) end += 1;
  return end;
}

/** A quick look: a dot, and after it two characters. */
function mayBeDomain({ codes }: Scan, start: number, end: number): boolean {
  for (let at = start; at < end - 2; at += 1) if (codes[at] === DOT && codes[at + 2] !== DOT) return true;
  return false;
}
