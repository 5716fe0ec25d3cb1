import { WordAutomaton } from '../keys/word-automaton.js';
import type { Rule } from '../rule.js';
import { classOf, Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
const DOT = 46;
/** Last parts of names that look like an address: files, and units of systemd. None is a top-level domain. */
const noDomain = new WordAutomaton(
  (
    'js mjs cjs ts mts cts tsx jsx json css html png jpg jpeg gif svg webp map txt yml yaml log tgz gz lock ' +
    'service timer socket target slice mount'
  )
    .split(' ')
    .map((word) => [word, 1] as const),
  0,
  1,
);

/** E-mail addresses in percent code; those with an `@` are found by `at sign`. */
export const emailAddressRule: Rule = {
  name: 'e-mail address',
  at: ['%40'],
  before: Is.local,
  look: (scan, at) => (scan.codes[at + 2] === 48 ? findAddress(scan, at, at + 3) : at),
};

/** Cuts an e-mail address whose domain starts at `after`. `git@host`, package versions and names of files are none. */
export function findAddress(scan: Scan, at: number, after: number): number {
  if ((scan.classAt(after) & Is.domain) === 0) return at;
  const start = localStart(scan, at);
  if (start === at) return at;
  if (at - start === 3 && scan.has(start, 'git')) return at;
  const { replacement } = scan.policy;
  if (replacement !== '' && scan.endsWith(at, replacement)) return at;
  const end = domainEnd(scan, after);
  if (end === -1) return at;
  scan.cut(start, end);
  return end;
}

function localStart(scan: Scan, at: number): number {
  const start = scan.runStart(at, Is.local, MAX_LOCAL);
  // `%20owner@…`: the two digits belong to the percent sign
  return scan.before(start) === 37 && at - start > 2 ? start + 2 : start;
}

/** Where the domain ends that starts here; -1 when it is none. */
function domainEnd(scan: Scan, start: number): number {
  const { codes, length } = scan;
  const last = Math.min(length, start + MAX_DOMAIN);
  let end = start;
  let dot = -1;
  let afterDot = -1;
  for (; end < last; end += 1) {
    const code = codes[end] as number;
    if ((classOf(code) & Is.domain) === 0) break;
    if (code !== DOT) continue;
    if (end === start || codes[end - 1] === DOT) break;
    afterDot = dot;
    dot = end;
  }
  while (end > start && (codes[end - 1] === DOT || codes[end - 1] === 45)) end -= 1;
  if (dot >= end) dot = afterDot;
  if (dot <= start || codes[start] === 45) return -1;
  return isTopLevel(scan, dot + 1, end) && !isImageOrVersion(scan, start) ? end : -1;
}

/** Two letters or more, or the code of a name beyond ASCII. */
function isTopLevel(scan: Scan, start: number, end: number): boolean {
  if (end - start < 2) return false;
  if (scan.has(start, 'xn--')) return true;
  for (let at = start; at < end; at += 1) {
    if ((scan.classAt(at) & Is.digit) !== 0 || scan.codes[at] === 45) return false;
  }
  return noDomain.match(scan.codes, start, end) === 0;
}

/** `icon@2x.png` and `package@1.0.0-rc.one` look like addresses. */
function isImageOrVersion(scan: Scan, start: number): boolean {
  const digits = scan.runEnd(start, Is.digit);
  if (digits === start) return false;
  if (scan.codes[digits] === 120 && scan.codes[digits + 1] === DOT) return true;
  const minor = scan.codes[digits] === DOT ? scan.runEnd(digits + 1, Is.digit) : digits;
  if (minor <= digits + 1) return false;
  return scan.codes[minor] === 120 || (scan.codes[minor] === DOT && (scan.classAt(minor + 1) & Is.digit) !== 0);
}
