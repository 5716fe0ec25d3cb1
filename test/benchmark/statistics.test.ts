import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, median, percentile, ratios, summary } from './statistics.mjs';

const numbers = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 });

describe('the statistics of a benchmark', () => {
  it('take the middle of an odd number of values, and the mean of the middle two of an even number', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([10, 9, 100])).toBe(10);
  });

  it('have as many values below the median as above it, whatever the order', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
        expect(median([...values].reverse())).toBe(middle);
      }),
    );
  });

  it('take as percentile the least value that so large a share does not exceed', () => {
    const values = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect([0.005, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 100, 198, 200]);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('leave the values as they were', () => {
    const values = [3, 1, 2];
    summary(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('tell the spread and the number of runs', () => {
    expect(summary([2, 5, 1, 4])).toEqual({ median: 3, least: 1, greatest: 5, runs: 4 });
  });

  it('refuse what is no measurement, so that it never stands in a table', () => {
    expect(() => summary([])).toThrow('not measurements: []');
    expect(() => summary([1, Number.NaN])).toThrow('not measurements: [1, NaN]');
    expect(() => summary([Number.POSITIVE_INFINITY])).toThrow('not measurements: [Infinity]');
  });

  it('pair the values of the same round', () => {
    expect(ratios([1, 9], [2, 3])).toEqual([0.5, 3]);
    expect(differences([1, 9], [2, 3])).toEqual([-1, 6]);
  });

  it('refuse rounds that do not pair', () => {
    expect(() => ratios([1, 2], [1])).toThrow('2 rounds beside 1');
    expect(() => differences([1], [1, 2])).toThrow('1 rounds beside 2');
  });
});
