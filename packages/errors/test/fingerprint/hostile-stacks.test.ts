import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DescribedError } from '../../src/description/described-error.js';
import { fingerprintOf } from '../../src/fingerprint/fingerprint.js';
import { knownFrames } from '../../src/fingerprint/known-frames.js';

const told = (frames: string, message = 'x', exceptionType = 'Error', code?: string): DescribedError => ({
  errorType: 'Error',
  exceptionType,
  message,
  code,
  head: undefined,
  frames: knownFrames(frames),
  causes: [],
});

/** Pieces of what V8 writes, and of what breaks readers of it. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '\n    at ',
      'at ',
      ' (',
      ')',
      ':',
      '1',
      '/',
      '\\',
      'async ',
      'new ',
      '[as ',
      ']',
      'eval at ',
      '<anonymous>',
      'node:',
      'file://',
      'node_modules/',
      '../',
      './',
      '%',
      '%zz',
      '.js',
      '@1/',
      '\r',
      '\u2028',
      '.',
      'data:',
      'wasm://',
      'index 1',
      'C:\\',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
  { maxLength: 200 },
);

describe('any text of frames', () => {
  it('has a fingerprint, the same each time, and all of it is bounded', () => {
    fc.assert(
      fc.property(pieces, fc.string({ unit: 'binary' }), fc.string(), (parts, message, type) => {
        const text = parts.join('');
        const { groupId, title, culprit } = fingerprintOf(told(text, message, type));
        expect(groupId).toMatch(/^[0-9a-f]{16}$/);
        expect(title.length).toBeLessThanOrEqual(200);
        expect(culprit?.length ?? 0).toBeLessThanOrEqual(256);
        expect(fingerprintOf(told(`${text} `.slice(0, -1), message, type)).groupId).toBe(groupId);
        expect(knownFrames(text).signature.length).toBeLessThanOrEqual(16_384);
      }),
      { numRuns: 1000 },
    );
  });

  const units = [
    '\n    at ',
    '\n    at a (',
    '\n    at (',
    ' (',
    ')',
    '\n',
    '\n    at eval (eval at ',
    'eval at a (',
    ' [as ',
    '[as x]',
    ':1',
    ':',
    '/',
    '/a',
    '\\',
    '../',
    './',
    '@1',
    '@1/',
    '%41',
    'node_modules/',
    '/node_modules/',
    '-',
    '-a1',
    'a1-',
    '1a',
    'aB',
    '.',
    '..',
    '?',
    '#',
    '\n    at https://a/',
    '\n    at wasm://a:',
    '\n    at a.b.c.d (/x.js:1:1)',
    'at at at ',
    ' ',
    '\t',
  ];
  it.each(units.map((unit) => [unit]))('of %j again and again takes time that is linear in it', (unit) => {
    const bestOf = (length: number) => {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 12; round += 1) {
        // another text each time: known ones are not read again
        const text = `\n    at ${unit.repeat(Math.ceil(length / unit.length)).slice(0, length - 30)}${Math.random()}`;
        const start = performance.now();
        knownFrames(text);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    bestOf(16_000);
    // 16 KB in 5 ms at most: some 30 times what usual frames of that length take, and a fraction of what a square would
    expect(bestOf(16_000)).toBeLessThan(5);
  });
});
