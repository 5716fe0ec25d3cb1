import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WireInstrument } from '../../src/wire/message.js';
import { readWireValue, wireValue } from '../../src/wire/wire-value.js';

const instrument = (kind: WireInstrument['kind'], buckets?: WireInstrument['buckets']): WireInstrument => ({
  ...{ id: 0, scope: { name: 's' }, name: 'm', unit: '', description: '', kind },
  ...(buckets && { buckets }),
});
const travelled = (value: unknown) => JSON.parse(JSON.stringify(value));
const count = fc.nat(1_000_000);
const extremes = {
  sum: fc.double({ noNaN: true, noDefaultInfinity: true }),
  min: fc.double({ noNaN: true, noDefaultInfinity: true }),
  max: fc.double({ noNaN: true, noDefaultInfinity: true }),
};
const unsigned = (value: number) => (value === 0 ? 0 : value);

it('a number arrives as it is', () => {
  fc.assert(
    fc.property(extremes.sum, (value) => {
      expect(readWireValue(travelled(wireValue(3, value)), instrument('counter'))).toBe(unsigned(value));
    }),
  );
});

it('a histogram arrives as it is', () => {
  fc.assert(
    fc.property(fc.record({ ...extremes, counts: fc.array(count, { minLength: 3, maxLength: 3 }) }), (made) => {
      const { sum, min, max, counts } = made;
      const total = counts.reduce((all, each) => all + each, 0);
      const histogram = {
        sum: unsigned(sum),
        min: unsigned(min),
        max: unsigned(max),
        count: total,
        buckets: { boundaries: [1, 2], counts },
      };
      expect(readWireValue(travelled(wireValue(3, histogram)), instrument('histogram', [1, 2]))).toEqual(histogram);
    }),
  );
});

it('an exponential histogram arrives as it is', () => {
  const made = fc.record({
    ...extremes,
    scale: fc.integer({ min: -11, max: 20 }),
    zeroCount: count,
    offset: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    bucketCounts: fc.array(count, { maxLength: 160 }),
  });
  fc.assert(
    fc.property(made, ({ sum, min, max, scale, zeroCount, offset, bucketCounts }) => {
      const histogram = {
        ...{ sum: unsigned(sum), min: unsigned(min), max: unsigned(max), scale, zeroCount },
        count: bucketCounts.reduce((all, each) => all + each, zeroCount),
        positive: { offset, bucketCounts },
        negative: { offset: 0, bucketCounts: [] },
      };
      expect(readWireValue(travelled(wireValue(3, histogram)), instrument('histogram', 'exponential'))).toEqual(
        histogram,
      );
    }),
  );
});

it('what JSON has no word for is not known', () => {
  const histogram = {
    sum: Number.POSITIVE_INFINITY,
    min: undefined,
    max: undefined,
    count: 1,
    buckets: { boundaries: [], counts: [1] },
  };
  expect(readWireValue(travelled(wireValue(3, histogram as never)), instrument('histogram', []))).toEqual({
    ...histogram,
    sum: 0,
  });
  expect(readWireValue(travelled(wireValue(3, Number.NaN)), instrument('counter'))).toBeUndefined();
});

it.each([
  ['a text for a number', ['1', 'x'], instrument('counter')],
  ['two numbers for one', [1, 2, 3], instrument('gauge')],
  ['a bucket too few', [1, 0, 0, 0, 1], instrument('histogram', [1])],
  ['a count below zero', [1, 0, 0, 0, 1, -1], instrument('histogram', [1])],
  ['half a count', [1, 0, 0, 0, 1, 0.5], instrument('histogram', [1])],
  ['no scale', [1, 0, 0, 0], instrument('histogram', 'exponential')],
  ['a scale that is none', [1, 0, 0, 0, 21, 0, 0, 1], instrument('histogram', 'exponential')],
  ['an offset beyond any index', [1, 0, 0, 0, 0, 0, 2 ** 31, 1], instrument('histogram', 'exponential')],
  ['five thousand buckets', [1, 0, 0, 0, ...Array(5000).fill(1)], instrument('histogram', 'exponential')],
])('%s is no value', (_, value, of) => {
  expect(readWireValue(value as never, of)).toBeUndefined();
});

it('values below zero in an exponential histogram cannot be told', () => {
  const histogram = {
    sum: -1,
    count: 1,
    scale: 0,
    zeroCount: 0,
    positive: { offset: 0, bucketCounts: [] },
    negative: { offset: 0, bucketCounts: [1] },
  };
  expect(wireValue(3, histogram)).toBeUndefined();
});
