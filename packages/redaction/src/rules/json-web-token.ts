import { Has } from '../census.js';
import type { ScanRule } from '../rule.js';

const SEGMENTS = /([\w-]+)(?:\.([\w-]+)(\.[\w-]*)?)?/y;
const SHORTEST_SEGMENT = 5;

/** JSON web tokens: three segments, or two when the second is an object as well (the signature was cut off). */
export const jsonWebTokenRule: ScanRule = {
  name: 'json web token',
  needs: Has.dot | Has.upper,
  scan(text, _policy, cut) {
    let from = text.indexOf('eyJ');
    while (from !== -1) {
      SEGMENTS.lastIndex = from;
      const [whole, header = '', payload = '', signature] = SEGMENTS.exec(text) ?? [''];
      const long = header.length >= SHORTEST_SEGMENT && payload.length >= SHORTEST_SEGMENT;
      const found = long && (signature !== undefined || payload.startsWith('eyJ'));
      if (found) cut(from, from + whole.length);
      // a later start in the same segment would meet the same segments after it: skip to its end
      from = text.indexOf('eyJ', from + Math.max(3, found ? whole.length : header.length));
    }
  },
};
