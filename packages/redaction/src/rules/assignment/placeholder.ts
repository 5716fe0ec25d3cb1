import { Is } from '../../scan/characters.js';
import type { Scan } from '../../scan/scan.js';

/** True for what stands for a value that is somewhere else, or was masked: `${TOKEN}`, `$1`, `?`, `%s`, `<token>`, `***`. */
export function isPlaceholder(scan: Scan, start: number, end: number): boolean {
  const { codes } = scan;
  const size = end - start;
  const next = codes[start + 1] as number;
  switch (codes[start]) {
    case 36: // $
      if (next === 123) return true;
      if ((scan.classAt(start + 1) & Is.digit) !== 0) return size <= 4 && scan.runEnd(start + 1, Is.digit) >= end;
      return size > 3 && isUpperName(scan, start + 1, end);
    case 123: // {
      return next === 123 || size <= 2;
    case 37: // %
      if (next === 40) return true;
      if (size === 2) return next === 115 || next === 100 || next === 111 || next === 79 || next === 106;
      return size > 4 && codes[end - 1] === 37 && isUpperName(scan, start + 1, end - 1);
    case 63: // ?
      return size === 1;
    case 58: // :
    case 64: // @
      // of a statement: `password = :password`
      return scan.endsWith(start, '= ') && isLowerName(scan, start + 1, end);
    case 60: // <
      return size > 1 && isWords(scan, start + 1, codes[end - 1] === 62 ? end - 1 : end);
    case 91: // [
      return isWords(scan, start + 1, codes[end - 1] === 93 ? end - 1 : end);
    case 40: // (
      return isWords(scan, start + 1, codes[end - 1] === 41 ? end - 1 : end);
    case 42: // *
    case 35: // #
    case 45: // -
    case 46: // .
    case 0x2022:
      return size > 1 && isOneCharacter(scan, start, end);
    case 120: // x
    case 88: // X
      return size > 2 && isOneCharacter(scan, start, end);
    default:
      return false;
  }
}

function isOneCharacter(scan: Scan, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (scan.codes[at] !== scan.codes[start]) return false;
  return true;
}

function isUpperName(scan: Scan, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const isPart = (scan.classAt(at) & (at === start ? Is.upper : Is.upper | Is.digit)) !== 0;
    if (!isPart && scan.codes[at] !== 95) return false;
  }
  return true;
}

function isLowerName(scan: Scan, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = scan.codes[at] as number;
    if (code !== 95 && (code < 97 || code > 122)) return false;
  }
  return true;
}

/** Letters, spaces, `_` and `-`. */
function isWords(scan: Scan, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = scan.codes[at];
    if ((scan.classAt(at) & Is.letter) === 0 && code !== 32 && code !== 95 && code !== 45) return false;
  }
  return true;
}
