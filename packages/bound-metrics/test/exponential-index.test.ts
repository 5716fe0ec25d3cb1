import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentialIndex } from '../src/exponential-index.js';

const LEAST = Number.MIN_VALUE;
const scales = fc.integer({ min: -11, max: 20 });
const positive = fc.double({ min: LEAST, max: Number.MAX_VALUE, noNaN: true });

describe('the index of an exponential bucket', () => {
  it('of a power of two is that of the bucket which ends with it, at every scale, subnormal numbers included', () => {
    for (let power = -1074; power <= 1023; power += 1) {
      for (let scale = 0; scale <= 20; scale += 1) {
        expect(exponentialIndex(2 ** power, scale)).toBe(power * 2 ** scale - 1);
      }
      for (let scale = -11; scale < 0; scale += 1) {
        expect(exponentialIndex(2 ** power, scale)).toBe(Math.floor((power - 1) / 2 ** -scale));
      }
    }
  });

  it('of the numbers beside a power of two is that of their own buckets, at every scale', () => {
    for (const power of [-1022, -1000, -1, 0, 1, 52, 1000, 1023]) {
      const least = 2 ** Math.max(power - 52, -1074);
      for (let scale = 0; scale <= 20; scale += 1) {
        const index = power * 2 ** scale;
        expect(exponentialIndex(2 ** power + least, scale)).toBe(index);
        expect(exponentialIndex(2 ** power - least / (power > -1022 ? 2 : 1), scale)).toBe(index - 1);
      }
    }
  });

  it('is exact where the bounds are powers of two', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: -11, max: 0 }), (value, scale) => {
        const index = exponentialIndex(value, scale);
        const width = 2 ** -scale;
        // beyond the range of double precision a bound is 0 or Infinity, which holds as well
        expect(value).toBeGreaterThan(2 ** (index * width));
        expect(value).toBeLessThanOrEqual(2 ** ((index + 1) * width));
      }),
      { numRuns: 5000 },
    );
  });

  it('holds its value between its bounds, as far as double precision tells', () => {
    fc.assert(
      fc.property(positive, scales, (value, scale) => {
        const index = exponentialIndex(value, scale);
        const exponent = Math.min(Math.max(Math.floor(Math.log2(value)), -1074), 1023);
        // the logarithm of the significand: that of the whole has fewer digits left
        const logarithm = exponent + Math.log2(value / 2 ** exponent);
        expect(logarithm * 2 ** scale - index).toBeGreaterThan(-1e-6);
        expect(logarithm * 2 ** scale - index).toBeLessThan(1 + 1e-6);
      }),
      { numRuns: 5000 },
    );
  });

  it('of a bound is that of the bucket which ends with it, and of the next number that of the next bucket', () => {
    const next = (value: number) => value + 2 ** -52;
    for (let scale = 1; scale <= 8; scale += 1) {
      const buckets = 2 ** scale;
      for (let bucket = 1; bucket < buckets; bucket += 1) {
        const bound = 2 ** (bucket / buckets);
        for (const power of [-1000, -1, 0, 1, 1000]) {
          expect(exponentialIndex(bound * 2 ** power, scale)).toBe(power * buckets + bucket - 1);
          expect(exponentialIndex(next(bound) * 2 ** power, scale)).toBe(power * buckets + bucket);
        }
      }
    }
  });

  it('never falls when the value rises', () => {
    fc.assert(
      fc.property(positive, positive, scales, (a, b, scale) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(exponentialIndex(low, scale)).toBeLessThanOrEqual(exponentialIndex(high, scale));
      }),
      { numRuns: 5000 },
    );
  });

  it('at a lower scale is half of it, rounded down', () => {
    fc.assert(
      fc.property(positive, fc.integer({ min: -10, max: 20 }), (value, scale) => {
        const finer = exponentialIndex(value, scale);
        const coarser = exponentialIndex(value, scale - 1);
        // but for values that double precision hardly tells from a bound
        const isNear = Math.abs(value / 2 ** ((coarser + 1) * 2 ** (1 - scale)) - 1) < 1e-12;
        if (!isNear) expect(coarser).toBe(finer >> 1);
      }),
      { numRuns: 5000 },
    );
  });
});
