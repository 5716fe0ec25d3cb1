import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Buckets, quantile } from '../src/quantile.js';
import { histogram } from './made-metrics.js';

const unknown = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

describe('a quantile of an explicit-bucket histogram', () => {
  const four = { boundaries: [1, 2, 4], counts: [2, 2, 4, 2] };

  it.each([
    // rank 1 of 10 lies halfway through the first bucket, which begins at 0
    [0.1, 0.5],
    [0.2, 1],
    [0.3, 1.5],
    [0.5, 2.5],
    [0.8, 4],
    [0, 0],
  ])('at %s is %s, as histogram_quantile has it', (q, expected) => {
    expect(quantile(q, { ...four, ...unknown })).toBeCloseTo(expected, 12);
  });

  it('reaches to the largest value in the last bucket', () => {
    expect(quantile(0.9, { ...four, min: 0.5, max: 10 })).toBe(7);
    expect(quantile(1, { ...four, min: 0.5, max: 10 })).toBe(10);
  });

  it('is the lower bound of the last bucket where the largest value is not known', () => {
    expect(quantile(0.9, { ...four, ...unknown })).toBe(4);
  });

  it('never lies beyond the smallest and the largest value', () => {
    const one = { boundaries: [1, 2, 4], counts: [0, 0, 3, 0], min: 3, max: 3.25 };
    expect([0, 0.01, 0.5, 0.99, 1].map((q) => quantile(q, one))).toEqual([3, 3, 3, 3.25, 3.25]);
  });

  it('interpolates below 0 from the smallest value', () => {
    expect(quantile(0.25, { boundaries: [0, 10], counts: [4, 4, 0], min: -8, max: 9 })).toBe(-4);
    expect(quantile(0.25, { boundaries: [0, 10], counts: [4, 4, 0], ...unknown })).toBe(0);
  });
});

describe('for any values in any buckets', () => {
  const value = fc.double({ min: 0, max: 1000, noNaN: true });
  const boundary = fc.double({ min: 0.001, max: 900, noNaN: true });
  const made = fc
    .tuple(fc.uniqueArray(boundary, { minLength: 1, maxLength: 15 }), fc.array(value, { minLength: 1, maxLength: 300 }))
    .map(([boundaries, values]) => {
      const sorted = boundaries.sort((a, b) => a - b);
      const { buckets, min, max } = histogram(sorted, values);
      return { values: values.sort((a, b) => a - b), buckets: { ...buckets, min, max } satisfies Buckets };
    });
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 10 });

  it('quantiles do not fall as their share grows', () => {
    fc.assert(
      fc.property(made, shares, ({ buckets }, some) => {
        const found = some.sort((a, b) => a - b).map((q) => quantile(q, buckets));
        for (let index = 1; index < found.length; index += 1) {
          expect(found[index]!).toBeGreaterThanOrEqual(found[index - 1]!);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a quantile lies in the bucket of the value that has its rank', () => {
    fc.assert(
      fc.property(made, fc.double({ min: 0, max: 1, noNaN: true }), ({ values, buckets }, q) => {
        const found = quantile(q, buckets);
        // the measurement of rank q × count, counted from 1
        const exact = values[Math.max(Math.ceil(q * values.length), 1) - 1]!;
        const upper = buckets.boundaries.find((boundary) => exact <= boundary) ?? buckets.max;
        const lower = buckets.boundaries.findLast((boundary) => boundary < exact) ?? 0;
        expect(found).toBeGreaterThanOrEqual(Math.max(lower, buckets.min));
        expect(found).toBeLessThanOrEqual(Math.min(upper, buckets.max));
      }),
      { numRuns: 1000 },
    );
  });
});
