import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecondsSketch } from '../../src/funnels/seconds-sketch.js';

const sketchOf = (seconds: readonly number[]) => {
  const sketch = new SecondsSketch();
  for (const each of seconds) sketch.record(each);
  return sketch;
};
const seconds = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const quantile = (sorted: readonly number[], share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;

describe('the sketch of durations', () => {
  it('tells count and mean exactly, and quantiles within 5 %', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 200 }), (given) => {
        const summary = sketchOf(given).summary();
        const sorted = [...given].sort((a, b) => a - b);
        const mean = given.reduce((sum, each) => sum + each, 0) / given.length;
        expect(summary?.count).toBe(given.length);
        expect(summary?.mean).toBeCloseTo(mean, 6);
        for (const [share, told] of [
          [0.5, summary?.p50],
          [0.95, summary?.p95],
        ] as const) {
          expect(Math.abs((told ?? 0) / quantile(sorted, share) - 1)).toBeLessThan(0.05);
        }
      }),
    );
  });

  it('of nothing says nothing', () => {
    expect(new SecondsSketch().summary()).toBeUndefined();
    expect(new SecondsSketch().toValue()).toEqual([]);
  });

  it('takes what is no duration, or shorter than a microsecond, as 0, and what is longer than eleven days as that', () => {
    const sketch = sketchOf([Number.NaN, -1, Number.POSITIVE_INFINITY, 0, 1e-9]);
    expect(sketch.summary()).toEqual({ count: 5, mean: 2e-10, p50: 0, p95: 0 });
    expect(sketchOf([1e300]).summary()?.p50).toBeGreaterThan(1e6);
  });

  it('merges in any order into the sketch of all', () => {
    fc.assert(
      fc.property(fc.array(seconds), fc.array(seconds), fc.array(seconds), (a, b, c) => {
        const merged = sketchOf(c);
        merged.merge(sketchOf(a));
        merged.merge(sketchOf(b));
        const all = sketchOf([...a, ...b, ...c]);
        expect(merged.toValue().slice(1)).toEqual(all.toValue().slice(1));
        expect(merged.count).toBe(a.length + b.length + c.length);
      }),
    );
  });

  it('comes back from its JSON as it was', () => {
    fc.assert(
      fc.property(fc.array(seconds), (given) => {
        const sketch = sketchOf(given);
        const value = JSON.parse(JSON.stringify(sketch.toValue()));
        expect(SecondsSketch.fromValue(value)?.toValue()).toEqual(sketch.toValue());
        expect(SecondsSketch.fromValue(value)?.count).toBe(given.length);
      }),
    );
  });

  it('is as small as the range of its durations', () => {
    const sketch = sketchOf(Array.from({ length: 10_000 }, (_, index) => 1 + index / 5000));
    expect(JSON.stringify(sketch.toValue()).length).toBeLessThan(100);
  });

  it('does not come from anything else', () => {
    for (const value of [null, 'x', {}, [1], [1, 2.5, 3], [1, 0, -3], [-1, 0, 1], [1, 155, ...Array(20).fill(1)]]) {
      expect(SecondsSketch.fromValue(value)).toBeUndefined();
    }
    fc.assert(fc.property(fc.jsonValue(), (value) => void SecondsSketch.fromValue(value)));
  });
});
