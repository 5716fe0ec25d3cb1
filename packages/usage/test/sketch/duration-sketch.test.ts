import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationSketch } from '../../src/sketch/duration-sketch.js';

const sketchOf = (durations: readonly number[]): DurationSketch => {
  const sketch = new DurationSketch();
  for (const duration of durations) sketch.add(duration);
  return sketch;
};
const durations = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('quantiles of durations', () => {
  it('are within 4.4 % of the one at that rank', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const sorted = all.toSorted((one, other) => one - other);
        const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] as number;
        const told = sketchOf(all).quantile(share) as number;
        if (exact > 1.1e-6) expect(Math.abs(told / exact - 1)).toBeLessThan(0.0434);
      }),
    );
  });

  it('are none without durations', () => expect(new DurationSketch().quantile(0.5)).toBeUndefined());

  it('what is shorter than a microsecond is 0, and what is longer than eleven days is as long', () => {
    expect(sketchOf([0]).quantile(0.5)).toBe(0);
    expect(sketchOf([1e-9]).quantile(0.5)).toBe(0);
    expect(sketchOf([Number.MAX_VALUE]).quantile(0.5)).toBeCloseTo(1.003e6, -4);
  });

  it('of two sketches together are those of one of all', () => {
    fc.assert(
      fc.property(durations, durations, (one, other) => {
        const sum = sketchOf(one);
        sum.merge(sketchOf(other));
        expect(sum.toJSON()).toEqual(sketchOf([...one, ...other]).toJSON());
      }),
    );
  });

  it('come back from JSON', () => {
    fc.assert(
      fc.property(durations, (all) => {
        const json = JSON.parse(JSON.stringify(sketchOf(all)));
        expect(DurationSketch.of(json)?.toJSON()).toEqual(json);
      }),
    );
    expect(sketchOf([1, 1, 2]).toJSON()).toEqual([0, 2, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('take a kilobyte and a half, at most', () => {
    const sketch = sketchOf([0, 1e9]);
    for (let seconds = 1e-7; seconds < 1e7; seconds *= 1.01) sketch.add(seconds);
    expect(sketch.bytes).toBeLessThan(1536);
  });

  it.each([
    ['nothing', undefined],
    ['text', '[0,1]'],
    ['no number', [0, '1']],
    ['a part of one', [0, 1.5]],
    ['less than none', [0, -1]],
    ['a first bucket that is not ours', [-161, 1]],
    ['a last bucket that is not ours', [160, 1, 1]],
    ['too many', [0, ...Array.from({ length: 400 }, () => 1)]],
  ])('are refused where there is %s', (_, given) => expect(DurationSketch.of(given)).toBeUndefined());
});
