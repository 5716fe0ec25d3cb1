import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from '../src/cut-text.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('a text that fits is the same text', () => {
  expect(cutText('tile', 4)).toBe('tile');
});

test('a longer one keeps its beginning, without half a character', () => {
  expect(cutText('tile 12', 4)).toBe('tile');
  expect(cutText('ab😀', 3)).toBe('ab');
  expect(cutText('ab😀c', 4)).toBe('ab😀');
  expect(cutText('tile', 0)).toBe('');
});

test('whatever is cut, and however much: a prefix of at most the limit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.nat(2500), (text, limit) => {
      const cut = cutText(text, limit);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, limit) - 1);
      expect(cut.length).toBeLessThanOrEqual(limit);
    }),
  );
});

test('the whole is not held for the sake of its beginning', () => {
  const held: string[] = [];
  const before = heapUsed();
  for (let index = 0; index < 20; index += 1) held.push(cutText(String(index).padEnd(2_000_000, 'x'), 2048));
  // the texts themselves are 40 KB; what they were cut from is 40 MB, of which the last one may be held by the loop
  expect(heapUsed() - before).toBeLessThan(4_000_000);
  expect(held.map((text) => text.length)).toEqual(new Array(20).fill(2048));
});
