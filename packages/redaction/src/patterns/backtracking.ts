/**
 * In how many ways a regular expression may try to match from one place, before it gives up: 1 for plain text,
 * `a{1,5}` 5, `(a|b){3}` 8, `a+` without bound. A bound on this is a bound on the work.
 */

const GROUP_OPENING = /\((?:\?(?:[:=!]|<[=!]|<[^>]{1,64}>))?/y;
const QUANTIFIER = /(?:[*+?]|\{(\d{1,6})(?:(,)(\d{1,6})?)?\})\??/y;
const ESCAPE = /\\(?:[pPu]\{[^}]{0,64}\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[\s\S])/y;

/** What counting needs to know of one element. */
interface Element {
  ways: number;
  /** True for one character: the order of its repeats is the only choice. */
  simple: boolean;
}

/** The number of ways; Infinity when there is no bound. Throws an Error that names what cannot be judged. */
export function countWays(source: string): number {
  const reader = new PatternReader(source);
  return reader.alternatives(true);
}

class PatternReader {
  private at = 0;

  constructor(private readonly source: string) {}

  /** Alternatives up to the closing bracket or the end. */
  alternatives(outermost: boolean): number {
    let ways = 0;
    let sequence = 1;
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.source[this.at] === '|') {
        this.at += 1;
        ways += sequence;
        sequence = 1;
      } else {
        sequence *= this.quantified(outermost);
      }
    }
    return ways + sequence;
  }

  private quantified(outermost: boolean): number {
    const element = this.element();
    const found = this.take(QUANTIFIER);
    if (found === undefined) return element.ways;
    const [least, most] = bounds(found);
    if (most === Number.POSITIVE_INFINITY) {
      // nothing after it can fail, so it never gives back what it took
      const last = this.at === this.source.length && outermost && element.simple;
      return last ? 1 : Number.POSITIVE_INFINITY;
    }
    let ways = 0;
    for (let count = Math.max(least, most - 1_000); count <= most; count += 1) ways += element.ways ** count;
    return Math.max(ways, most - least + 1);
  }

  private element(): Element {
    const character = this.source[this.at] as string;
    if (character === '(') {
      this.take(GROUP_OPENING);
      const ways = this.alternatives(false);
      this.at += 1;
      return { ways, simple: false };
    }
    if (character === '[') {
      this.characterClass();
      return { ways: 1, simple: true };
    }
    if (character === '\\') {
      const escaped = this.take(ESCAPE)?.[0] ?? '\\';
      if (/^\\[1-9k]/.test(escaped)) throw new Error('has a backreference, whose work has no bound');
      return { ways: 1, simple: true };
    }
    this.at += 1;
    return { ways: 1, simple: true };
  }

  private characterClass(): void {
    for (this.at += 1; this.at < this.source.length && this.source[this.at] !== ']'; ) {
      if (this.source[this.at] === '[') throw new Error('has a class within a class, which is not supported');
      if (this.source[this.at] === '\\') this.take(ESCAPE);
      else this.at += 1;
    }
    this.at += 1;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }
}

function bounds([text = '', least, comma, most]: RegExpExecArray): [number, number] {
  if (text.startsWith('?')) return [0, 1];
  if (text.startsWith('*') || text.startsWith('+')) return [0, Number.POSITIVE_INFINITY];
  if (comma === undefined) return [Number(least), Number(least)];
  return [Number(least), most === undefined ? Number.POSITIVE_INFINITY : Number(most)];
}
