import { expect, it } from 'vitest';
import { textHash } from '../../src/fingerprint/text-hash.js';

it.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['b', 'af63df4c8601f1a5'],
  ['foobar', '85944171f73967e8'],
])('of %o has the value that its authors published', (text, hash) => {
  expect(textHash(text)).toBe(hash);
});

it('tells texts apart that differ in the high byte of a character alone', () => {
  expect(textHash('é')).not.toBe(textHash('ũ'));
  expect(new Set(Array.from({ length: 10_000 }, (_, index) => textHash(`fault ${index}`))).size).toBe(10_000);
});
