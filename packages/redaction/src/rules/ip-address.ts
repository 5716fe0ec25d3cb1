import type { Rule } from '../rule.js';
import { Is, isWordAt } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const DOT = 46;
const COLON = 58;
const MAX_V6 = 45;

/** IPv4 addresses, on request; not 127.0.0.1 and 0.0.0.0, which tell nothing, nor what is the version of something. */
const ipv4Rule: Rule = {
  name: 'ipv4 address',
  // 1 to 3
  atNumbers: 0b1110,
  look(scan, at) {
    const end = v4End(scan, at);
    if (end === -1 || isPartOfMore(scan, at, end)) return at;
    if (scan.has(at, '127.') || scan.has(at, '0.0.0.0')) return at;
    scan.cut(at, end);
    return end;
  },
};

function v4End(scan: Scan, start: number): number {
  let at = start;
  for (let part = 0; part < 4; part += 1) {
    const end = scan.runEnd(at, Is.digit, 4);
    if (end === at || end - at > 3 || Number(scan.slice(at, end)) > 255) return -1;
    if (part === 3) return end;
    if (scan.codes[end] !== DOT) return -1;
    at = end + 1;
  }
  return -1;
}

/** A fifth part, letters around it, or a name and a slash before it as in `Chrome/120.0.0.0`. */
function isPartOfMore(scan: Scan, start: number, end: number): boolean {
  const before = scan.before(start);
  if (scan.isInWord(start) || before === DOT || before === 95) return true;
  if (before === 47 && (scan.classAt(start - 2) & Is.letter) !== 0) return true;
  return (
    (end < scan.length && isWordAt(scan.codes, end)) ||
    (scan.codes[end] === DOT && (scan.classAt(end + 1) & Is.digit) !== 0)
  );
}

/** IPv6 addresses, on request; not `::1` and `::`, which tell nothing. */
const ipv6Rule: Rule = {
  name: 'ipv6 address',
  at: [':'],
  look(scan, at) {
    const start = scan.runStart(at, Is.hex, 5);
    const end = v6End(scan, start);
    if (end === -1) return at;
    scan.cut(start, end);
    return end;
  },
};

function v6End(scan: Scan, start: number): number {
  if (scan.codes[start] === COLON && scan.codes[start + 1] !== COLON) return -1;
  const last = Math.min(scan.length, start + MAX_V6);
  let colons = 0;
  let gaps = 0;
  let run = 0;
  let end = start;
  for (; end < last; end += 1) {
    const code = scan.codes[end] as number;
    if (code === COLON) {
      colons += 1;
      if (scan.codes[end - 1] === COLON && end > start) gaps += 1;
      run = 0;
    } else if ((scan.classAt(end) & Is.hex) !== 0 && run < 4) run += 1;
    else break;
  }
  if (scan.codes[end - 1] === COLON && scan.codes[end - 2] !== COLON) {
    end -= 1;
    colons -= 1;
  }
  const isFull = colons === 7 && gaps === 0;
  const isShort = gaps === 1 && colons >= 2 && colons <= 7 && end - start > 3;
  if (!isFull && !isShort) return -1;
  if (scan.isInWord(start) || scan.before(start) === DOT || scan.endsWith(start, '::')) return -1;
  return end < scan.length && isWordAt(scan.codes, end) ? -1 : end;
}

/** The rules that act on request only. */
export const ipAddressRules: readonly Rule[] = [ipv4Rule, ipv6Rule];
