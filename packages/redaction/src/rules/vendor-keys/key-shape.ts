import type { Rule } from '../../rule.js';
import { classOf, Is } from '../../scan/characters.js';

/** What follows a beginning. */
export interface KeyShape {
  /** Beginnings, at the start of a word. */
  readonly at: readonly string[];
  /** The classes of the characters that follow. */
  readonly of: number;
  /** Fewest characters that follow. */
  readonly least: number;
  /** Most that follow, after which none of the same class may come; left out: any number. */
  readonly most?: number;
  /** Further characters, beside those of the classes. */
  readonly also?: string;
}

/** More than a text has. */
const ANY = 0x3fff_ffff;

/** A rule that tells its shape: the Collector's patterns are made from it (`scripts/collector-redaction/`). */
export interface ShapedRule extends Rule {
  readonly shape: KeyShape;
}

/** A rule for keys that their maker gave a beginning, so that they can be found. */
export function keyShape(name: string, shape: KeyShape): ShapedRule {
  const also = new Set([...(shape.also ?? '')].map((character) => character.charCodeAt(0)));
  const last = shape.most ?? ANY;
  const hasMore = also.size > 0;
  const { of, least } = shape;
  return {
    name,
    shape,
    at: shape.at,
    // every key is longer than three characters
    ...(hasMore ? {} : { inside: of }),
    look(scan, at, length) {
      const start = at + length;
      const limit = Math.min(scan.length, start + last + 1);
      let end = start;
      const { codes } = scan;
      for (; end < limit; end += 1) {
        const code = codes[end] as number;
        if ((classOf(code) & of) === 0 && !(hasMore && also.has(code))) break;
      }
      if (end - start < least) return at;
      while (end > start && codes[end - 1] === 46) end -= 1;
      if (end - start < least || end - start > last) return at;
      scan.cut(at, end);
      return end;
    },
  };
}

export const { hex, token, token68, word } = Is;
/** Capitals and digits. */
export const capitals = Is.upper | Is.digit;
