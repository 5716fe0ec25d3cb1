import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardinality } from '../../src/sketch/cardinality.js';
import { COARSE_PRECISION, FULL_PRECISION, HyperLogLog } from '../../src/sketch/hyper-log-log.js';
import { sketchText } from '../../src/sketch/sketch-text.js';
import { randomCodes } from './random-codes.js';

const sketchOf = (codes: Iterable<number>): HyperLogLog => {
  const sketch = new HyperLogLog();
  for (const code of codes) sketch.add(code);
  return sketch;
};
const some = (count: number, seed: number): number[] => {
  const next = randomCodes(seed);
  return Array.from({ length: count }, next);
};
const united = (...all: HyperLogLog[]): HyperLogLog => {
  const union = new HyperLogLog();
  for (const sketch of all) union.merge(sketch);
  return union;
};

describe('how many there are', () => {
  it('is nobody in the beginning', () => expect(new HyperLogLog().estimate()).toBe(0));

  it('is exact up to 700, but for one or two who share a place', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      for (const count of [1, 2, 10, 100, 700]) {
        const estimate = Math.round(sketchOf(some(count, seed * 7919)).estimate());
        expect(Math.abs(estimate - count)).toBeLessThanOrEqual(count > 100 ? 3 : 1);
      }
    }
  });

  it.each([
    [1_000, 60],
    [5_000, 60],
    [20_000, 40],
    [100_000, 30],
    [1_000_000, 12],
  ])(
    'of %i has the standard error of its registers, over %i seeds',
    (count, seeds) => {
      let squares = 0;
      for (let seed = 1; seed <= seeds; seed += 1) {
        const next = randomCodes(seed * 104_729 + count);
        const sketch = new HyperLogLog();
        for (let user = 0; user < count; user += 1) sketch.add(next());
        const error = sketch.estimate() / count - 1;
        expect(Math.abs(error)).toBeLessThan(5 * 0.01625);
        squares += error * error;
      }
      expect(Math.sqrt(squares / seeds)).toBeLessThan(0.01625 * 1.35);
    },
    60_000,
  );

  it('is near for any number and any seed, coarse or not', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 10, max: 30_000 }), (seed, count) => {
        const sketch = sketchOf(some(count, seed));
        expect(Math.abs(sketch.estimate() / count - 1)).toBeLessThan(6.5 * 0.01625);
        sketch.coarsen(COARSE_PRECISION);
        expect(Math.abs(sketch.estimate() / count - 1)).toBeLessThan(6.5 * 0.046);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is never NaN, whatever stands in the registers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 512, maxLength: 512, max: 56 }), (registers) => {
        expect(cardinality(registers, COARSE_PRECISION)).toBeGreaterThanOrEqual(0);
      }),
    );
    for (const rank of [0, 1, 52, 53]) {
      expect(cardinality(new Uint8Array(4096).fill(rank), FULL_PRECISION)).toBeGreaterThanOrEqual(0);
    }
  });

  it('does not change when the same come again', () => {
    const codes = some(5_000, 3);
    const sketch = sketchOf(codes);
    const before = sketchText(sketch);
    for (const code of codes) expect(sketch.add(code)).toBe(false);
    expect(sketchText(sketch)).toBe(before);
  });
});

describe('a union', () => {
  const sketches = fc
    .tuple(fc.integer(), fc.integer({ min: 0, max: 2000 }), fc.boolean())
    .map(([seed, count, isCoarse]) => {
      const sketch = sketchOf(some(count, seed));
      if (isCoarse) sketch.coarsen(COARSE_PRECISION);
      return sketch;
    });

  it('is commutative, associative and idempotent, to the last register', () => {
    fc.assert(
      fc.property(sketches, sketches, sketches, (a, b, c) => {
        const text = sketchText(united(a, b, c));
        expect(sketchText(united(c, a, b))).toBe(text);
        expect(sketchText(united(united(a, b), c))).toBe(text);
        expect(sketchText(united(a, united(b, c)))).toBe(text);
        expect(sketchText(united(a, a, b, c, b))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('is what one sketch of all of them would be', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 3000 }), fc.nat(3000), (seed, count, from) => {
        const codes = some(count, seed);
        const union = united(sketchOf(codes.slice(0, from)), sketchOf(codes.slice(Math.floor(from / 2))));
        expect(sketchText(union)).toBe(sketchText(sketchOf(codes)));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the other one as it was', () => {
    const other = sketchOf(some(100, 5));
    const before = sketchText(other);
    const coarse = sketchOf(some(3000, 6));
    coarse.coarsen(COARSE_PRECISION);
    coarse.merge(other);
    expect([sketchText(other), other.precision]).toEqual([before, FULL_PRECISION]);
  });
});

describe('a coarser sketch', () => {
  it('is what it would have been from the beginning', () => {
    const codes = some(5000, 8);
    const late = sketchOf(codes);
    late.coarsen(COARSE_PRECISION);
    const early = new HyperLogLog();
    early.coarsen(COARSE_PRECISION);
    for (const code of codes) early.add(code);
    expect(sketchText(late)).toBe(sketchText(early));
    expect([late.bytes, sketchOf(codes).bytes]).toEqual([512, 4096]);
  });

  it('does not get finer again', () => {
    const sketch = sketchOf(some(5000, 9));
    sketch.coarsen(COARSE_PRECISION);
    sketch.coarsen(FULL_PRECISION);
    expect(sketch.precision).toBe(COARSE_PRECISION);
  });
});
