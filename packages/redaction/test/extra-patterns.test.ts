import { describe, expect, it } from 'vitest';
import { createRedactor, patternProblem } from '../src/index.js';

const noBound =
  'has *, + or {n,} before its end or within a group, which has no bound on its work: give an upper bound, as in {1,40}';

describe('extra patterns', () => {
  it.each([
    'EMP-\\d{4,8}',
    'EMP-\\d+',
    '\\bEMP-[A-Z]{2}\\d{1,9}\\b',
    '(?:red|blue)-\\d{3}',
    'a?b',
    'x|y',
    '(?<id>ab){1,3}',
  ])('accepts %s', (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
    expect(patternProblem(new RegExp(pattern))).toBeUndefined();
  });

  it.each([
    ['(a+)+b', noBound],
    ['(a|a)*b', noBound],
    ['a+b', noBound],
    ['.*x', noBound],
    ['(a|a){1,30}x', 'may try more than 1000 ways from one place: use smaller bounds'],
    ['a{1,50}a{1,50}x', 'may try more than 1000 ways from one place: use smaller bounds'],
    ['(a{1,9}){1,9}x', 'may try more than 1000 ways from one place: use smaller bounds'],
    ['(\\w)\\1', 'has a backreference, whose work has no bound'],
    ['(', 'is not a regular expression'],
    ['a*', 'matches the empty text'],
    ['x'.repeat(501), 'is longer than 500 characters'],
  ])('refuses %s', (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
    expect(() => createRedactor({ extraPatterns: ['ok', pattern] })).toThrow(
      new TypeError(`redaction pattern 2 ${problem}`),
    );
  });

  it('replaces every match, whatever flags were given, and leaves the given expression alone', () => {
    const pattern = /emp-\d{4}/i;
    const redactor = createRedactor({ extraPatterns: [pattern] });
    expect(redactor.redactText('EMP-1234 and emp-9999')).toBe('[redacted] and [redacted]');
    expect(redactor.redactText('EMP-1234')).toBe('[redacted]');
    expect(pattern.lastIndex).toBe(0);
  });
});
