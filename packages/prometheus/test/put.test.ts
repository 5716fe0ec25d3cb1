import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOf, IdentitySet } from '../src/identity-set.js';
import { sampleValue } from '../src/number-text.js';
import { NUMBER_BYTES, putNumber } from '../src/put.js';

function written(value: number): string {
  const target = Buffer.alloc(NUMBER_BYTES + 2, '~');
  const end = putNumber(target, 1, value);
  expect(target[0]).toBe(126);
  expect(target.subarray(end).every((byte) => byte === 126)).toBe(true);
  return target.toString('latin1', 1, end);
}

it('numbers are written as JavaScript writes them, and as no more bytes than there is room for', () => {
  const powers = Array.from({ length: 60 }, (_, power) => [10 ** power - 1, 10 ** power, 2 ** power]).flat();
  for (const value of [...powers, -0, 0, -1, 0.5, 2 ** 31 - 1, 2 ** 31, -1.2345678901234567e-123, NaN, Infinity]) {
    expect(written(value)).toBe(sampleValue(value));
  }
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.nat(), fc.maxSafeInteger()), (value) => {
      expect(written(value)).toBe(sampleValue(value));
    }),
    { numRuns: 20_000 },
  );
});

it('an identity set says what a Set of strings says, also of texts with one hash', () => {
  const text = fc.stringMatching(/^[ab]{0,4}$/);
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (given) => {
      const set = new IdentitySet();
      const known = new Set<string>();
      for (const identity of given) {
        const fresh = !known.has(identity);
        known.add(identity);
        // one text has one hash; half of them share theirs
        expect(set.add(identity, identity.length % 2 === 0 ? 7 : hashOf(identity))).toBe(fresh);
      }
    }),
  );
});

it('an identity set grows', () => {
  const set = new IdentitySet();
  const all = Array.from({ length: 10_000 }, (_, index) => `series ${index}`);
  expect(all.every((identity) => set.add(identity, hashOf(identity)))).toBe(true);
  expect(all.some((identity) => set.add(identity, hashOf(identity)))).toBe(false);
});
