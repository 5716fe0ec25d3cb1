import type { Rule } from '../rule.js';
import { Is } from '../scan/characters.js';

/** `{"alg":"x"}` and no shorter. */
const SHORTEST_HEADER = 12;
const SHORTEST_SEGMENT = 5;
/** Segments of an encrypted token (JWE, RFC 7516); a signed one (JWS) has three. */
const MOST_SEGMENTS = 5;
const DOT = 46;

/**
 * JSON web tokens, signed or encrypted: three to five segments, of which only the first must have something in it, or two
 * when the second is an object as well (the signature was cut off).
 */
export const jsonWebTokenRule: Rule = {
  name: 'json web token',
  at: ['eyJ', '_eyJ', '-eyJ'],
  look(scan, place) {
    const at = scan.has(place, 'eyJ') ? place : place + 1;
    // what starts later in the same segment would meet the same segments after it
    if (at < scan.tokenSeenTo || !scan.has(at, 'eyJ')) return place;
    const header = scan.runEnd(at, Is.token);
    scan.tokenSeenTo = header;
    if (header - at < SHORTEST_HEADER || scan.codes[header] !== DOT) return place;
    let end = header;
    let segments = 1;
    let longest = 0;
    while (segments < MOST_SEGMENTS && scan.codes[end] === DOT) {
      const next = scan.runEnd(end + 1, Is.token);
      longest = Math.max(longest, next - end - 1);
      end = next;
      segments += 1;
    }
    scan.tokenSeenTo = end;
    const isToken = segments > 2 || scan.has(header + 1, 'eyJ');
    if (!isToken || longest < SHORTEST_SEGMENT) return place;
    scan.cut(at, end);
    return end;
  },
};
