import type { Rule } from '../rule.js';
import { Is, isWordAt } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const MAX_NAME = 64;
const HOME = '~';
/** Folders in which homes may be mounted. */
const PARENTS = ['/var', '/usr', '/export', '/private', '/host', '/rootfs', '/mnt/c', '/mnt/d', '/c', '/d'];

/**
 * The user's name in paths: `/home/owner/app.js` becomes `~/app.js`, in `file://` addresses of stacks as well.
 */
export const homeFolderRule: Rule = {
  name: 'home folder',
  at: ['/h', '/U'],
  look(scan, at) {
    if (scan.isAddress) return at;
    const name = scan.has(at, '/home/') ? at + 6 : scan.has(at, '/Users/') ? at + 7 : 0;
    if (name === 0) return at;
    const start = pathStart(scan, at);
    const end = start === -1 ? name : nameEnd(scan, name);
    if (end === name) return at;
    scan.cut(start, end, HOME);
    return end;
  },
};

/** The same on Windows, with the drive. */
export const windowsHomeRule: Rule = {
  name: 'home folder of Windows',
  at: [':/', ':\\'],
  before: Is.letter,
  look: (scan, at) => (scan.isAddress ? at : windowsHome(scan, at)),
};

/** Where the path starts that this is the beginning of; -1 when more stands before it. */
function pathStart(scan: Scan, at: number): number {
  if (at === 0 || scan.endsWith(at, 'file://') || !isPathAt(scan, at - 1)) return at;
  for (const parent of PARENTS) {
    const start = at - parent.length;
    if (start < scan.floor || !scan.endsWith(at, parent)) continue;
    if (start === 0 || scan.endsWith(start, 'file://') || !isPathAt(scan, start - 1)) return start;
  }
  return -1;
}

/** Letters, digits and `_ . ~ % / -`. */
function isPathAt(scan: Scan, at: number): boolean {
  const code = scan.codes[at] as number;
  return isWordAt(scan.codes, at) || code === 47 || code === 126 || (scan.classAt(at) & (Is.key | Is.token)) !== 0;
}

function nameEnd(scan: Scan, start: number): number {
  const last = Math.min(scan.length, start + MAX_NAME);
  let end = start;
  while (end < last && (scan.classAt(end) & (Is.authorityEnd | Is.valueEnd)) === 0 && !isNameEnd(scan, end)) end += 1;
  return end;
}

/** Parentheses and colon. */
function isNameEnd(scan: Scan, at: number): boolean {
  const code = scan.codes[at];
  return code === 58 || code === 40 || code === 41;
}

/** `C:\Users\owner`, with any slashes, and as many as escaping makes. */
function windowsHome(scan: Scan, colon: number): number {
  const drive = colon - 1;
  if (drive < scan.floor || (scan.classAt(drive) & Is.letter) === 0 || (scan.classAt(drive - 1) & Is.word) !== 0)
    return colon;
  const folder = slashesEnd(scan, colon + 1);
  const length = hasAnyCase(scan, folder, 'users') ? 5 : hasAnyCase(scan, folder, 'documents and settings') ? 22 : 0;
  if (folder === colon + 1 || length === 0) return colon;
  const name = slashesEnd(scan, folder + length);
  if (name === folder + length) return colon;
  const end = windowsNameEnd(scan, name);
  if (end === name) return colon;
  scan.cut(drive, end, HOME);
  return end;
}

function slashesEnd(scan: Scan, from: number): number {
  let at = from;
  while (at < from + 4 && (scan.codes[at] === 92 || scan.codes[at] === 47)) at += 1;
  return at;
}

function hasAnyCase(scan: Scan, at: number, lower: string): boolean {
  for (let index = 0; index < lower.length; index += 1) {
    const code = scan.codes[at + index] as number;
    if ((code >= 65 && code <= 90 ? code + 32 : code) !== lower.charCodeAt(index)) return false;
  }
  return true;
}

/** The name to the next slash, spaces included; without a slash to the first space. */
function windowsNameEnd(scan: Scan, start: number): number {
  const last = Math.min(scan.length, start + MAX_NAME);
  let word = -1;
  for (let at = start; at < last; at += 1) {
    const code = scan.codes[at] as number;
    if (code === 92 || code === 47) return at;
    const ends = code === 10 || code === 13 || '":*?<>|'.includes(String.fromCharCode(code));
    if (word === -1 && (ends || (scan.classAt(at) & Is.valueEnd) !== 0 || code === 40 || code === 41)) word = at;
    if (ends) return word;
  }
  return word === -1 ? last : word;
}
