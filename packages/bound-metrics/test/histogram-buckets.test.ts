import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MetricStore } from '../src/metric-store.js';
import { HISTOGRAM, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();

it('a value is counted in the first bucket whose bound is not below it, however many buckets there are', () => {
  const boundaries = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 300 });
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 510 }), fc.double({ min: 0, max: 510, noNaN: true })));
  fc.assert(
    fc.property(boundaries, values, (given, measured) => {
      const series = new MetricStore()
        .scope(SCOPE)
        .histogram({ ...HISTOGRAM, boundaries: given })
        .bind();
      const sorted = given.toSorted((a, b) => a - b);
      const counts = new Array<number>(sorted.length + 1).fill(0);
      for (const value of measured) {
        series.record(value);
        const bucket = sorted.findIndex((bound) => value <= bound);
        counts[bucket === -1 ? sorted.length : bucket]! += 1;
      }
      expect(series.boundaries).toEqual(sorted);
      expect([...series.counts]).toEqual(counts);
    }),
    { numRuns: 500 },
  );
});
