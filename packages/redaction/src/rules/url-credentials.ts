import type { Rule } from '../rule.js';
import { classOf, Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const AT = 64;
const SLASH = 47;
const COLON = 58;
/** How far a password with `/`, `?` or `#` in it is followed. */
const MAX_ODD_PASSWORD = 256;

/** `scheme://user:pass@host`: everything before the last @ of the authority. `git@` alone is a custom, no secret. */
export const urlCredentialsRule: Rule = {
  name: 'url credentials',
  at: [':/'],
  look(scan, at) {
    if (!scan.has(at, '://')) return at;
    const start = at + 3;
    const end = userEnd(scan, start);
    const isCustom = end - start === 3 && scan.has(start, 'git');
    if (end <= start || isCustom || scan.isReplaced(start)) return start;
    scan.cut(start, end);
    return end;
  },
};

/** The place of the `@` before the host; -1 when there is none. */
function userEnd(scan: Scan, start: number): number {
  const { codes, length } = scan;
  let last = -1;
  let colon = -1;
  let end = start;
  for (; end < length; end += 1) {
    const code = codes[end] as number;
    if (code === AT) last = end;
    else if (code === COLON && colon === -1) colon = end;
    else if ((classOf(code) & Is.authorityEnd) !== 0) break;
  }
  if (last !== -1 || colon === -1 || !isPath(codes[end] as number)) return last;
  // `user:pa/ss@host`, not `host:80/a@b`
  if (scan.runEnd(colon + 1, Is.digit) === end) return -1;
  for (let at = end; at < Math.min(length, end + MAX_ODD_PASSWORD); at += 1) {
    const code = codes[at] as number;
    if (code === AT) return at;
    if ((classOf(code) & (Is.space | Is.quote)) !== 0 || (code === SLASH && codes[at + 1] === SLASH)) return -1;
  }
  return -1;
}

const isPath = (code: number) => code === SLASH || code === 63 || code === 35;
