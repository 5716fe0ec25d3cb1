import { countWays } from './backtracking.js';

const MAX_SOURCE = 500;
const MAX_WAYS = 1_000;

/**
 * Why a pattern cannot be used, as the end of a sentence ("…, which may take …"), or undefined when it can.
 *
 * A pattern is refused when it does not compile, is longer than 500 characters, matches the empty text, or may try
 * more than 1,000 ways from one place (a quantifier without an upper bound anywhere but at the very end, nested
 * quantifiers, backreferences), because text of an attacker could then stop the process.
 */
export function patternProblem(pattern: string | RegExp): string | undefined {
  try {
    const source = typeof pattern === 'string' ? pattern : pattern.source;
    if (source.length > MAX_SOURCE) return `is longer than ${MAX_SOURCE} characters`;
    const compiled = compilePattern(pattern);
    compiled.lastIndex = 0;
    if (compiled.test('')) return 'matches the empty text';
    const ways = countWays(source);
    if (ways === Number.POSITIVE_INFINITY) {
      return 'has *, + or {n,} before its end or within a group, which has no bound on its work: give an upper bound, as in {1,40}';
    }
    if (ways > MAX_WAYS) return `may try more than ${MAX_WAYS} ways from one place: use smaller bounds`;
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? 'is not a regular expression' : reason(error);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'cannot be read';
}

/** The pattern as it runs: on every match, with the flags that it came with. */
export function compilePattern(pattern: string | RegExp): RegExp {
  if (typeof pattern === 'string') return new RegExp(pattern, 'g');
  return new RegExp(pattern.source, `g${pattern.flags.replace(/[gyd]/g, '')}`);
}
