import { Is } from '../scan/characters.js';
import type { Scan } from '../scan/scan.js';

const MAX_PART = 128;

/** Cuts the password of a data source without a scheme: `owner:hunter2@tcp(db:3306)/app`, `owner:hunter2@localhost:5432`. */
export function findDataSource(scan: Scan, at: number): number {
  const after = at + 1;
  if ((scan.classAt(after) & Is.token) === 0 || (scan.classAt(at - 1) & Is.authorityEnd) !== 0) return at;
  const hostEnd = scan.runEnd(after, Is.domain | Is.token, MAX_PART);
  const isProtocol = scan.codes[hostEnd] === 40 && (scan.has(after, 'tcp') || scan.has(after, 'unix'));
  const isHostAndPort = scan.codes[hostEnd] === 58 && (scan.classAt(hostEnd + 1) & Is.digit) !== 0;
  const isLocal = scan.has(after, 'localhost');
  if (!isProtocol && !isHostAndPort && !isLocal) return at;
  let start = at;
  const first = Math.max(scan.floor, at - MAX_PART);
  while (start > first && (scan.classAt(start - 1) & Is.authorityEnd) === 0 && scan.codes[start - 1] !== 58) start -= 1;
  const user = scan.runStart(start - 1, Is.key, MAX_PART);
  if (start === at || scan.before(start) !== 58 || user === start - 1 || scan.isReplaced(start)) return at;
  scan.cut(start, at);
  return at + 1;
}
