import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExponentialHistogramSeries } from '../src/exponential-series.js';
import type { HistogramSeries } from '../src/histogram-series.js';
import { MetricStore } from '../src/metric-store.js';
import { difference } from '../src/point-difference.js';
import { EXPONENTIAL, HISTOGRAM, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();

const explicit = () => new MetricStore().scope(SCOPE).histogram(HISTOGRAM).bind();
const exponential = (maxSize = 160) =>
  new MetricStore().scope(SCOPE).exponentialHistogram(EXPONENTIAL, { maxSize }).bind();

// sixty-fourths are added without a rounding, in whatever order
const values = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 100_000 }).map((whole) => whole / 64),
    fc.constantFrom(0, 2 ** -30, 2 ** 30),
  ),
  { maxLength: 30 },
);

/** Merges what was recorded since the last time. */
function merge<S extends HistogramSeries | ExponentialHistogramSeries>(
  whole: S,
  part: S,
  last: ReturnType<S['pointValue']> | undefined,
): ReturnType<S['pointValue']> {
  const now = part.pointValue() as ReturnType<S['pointValue']>;
  const added = difference(now, last);
  if (added !== undefined) whole.merge(added as never, now);
  return now;
}

describe.each([
  ['explicit', explicit],
  ['exponential', exponential],
  ['exponential with few buckets', () => exponential(4)],
] as const)('histograms with buckets that are %s', (_, made) => {
  it('merged piece by piece are the one that has recorded everything', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), values), { maxLength: 12 }), (pieces) => {
        const whole = made();
        const merged = made();
        const parts = [0, 1, 2].map(() => ({ series: made(), last: undefined as never }));
        for (const [who, recorded] of pieces) {
          const part = parts[who]!;
          for (const value of recorded) {
            whole.record(value);
            part.series.record(value);
          }
          part.last = merge(merged, part.series as never, part.last) as never;
        }
        expect(merged.pointValue()).toEqual(whole.pointValue());
        expect(merged.touched).toBe(whole.touched);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is merged', () => {
  it('without a least or greatest value leaves none', () => {
    const merged = explicit();
    merged.record(5);
    merged.merge({ buckets: { boundaries: [], counts: [1] }, count: 1, sum: 0.05 }, {});
    expect(merged.pointValue()).toEqual({
      buckets: { boundaries: [0.1, 1, 10], counts: [1, 0, 1, 0] },
      ...{ count: 2, sum: 5.05, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
    });
  });

  it('on a series that was given up is dropped and counted', () => {
    const store = new MetricStore();
    for (const series of [
      store.scope(SCOPE).histogram(HISTOGRAM).bind(),
      store.scope(SCOPE).exponentialHistogram(EXPONENTIAL).bind(),
    ]) {
      series.record(1);
      const added = series.pointValue();
      series.unbind();
      series.merge(added as never, {});
      expect(series.count).toBe(1);
    }
    expect(store.rejectedMeasurements).toBe(2);
  });
});

describe('exemplars', () => {
  const ids = { traceId0: 1, traceId1: 2, traceId2: 3, traceId3: 4, spanId0: 5, spanId1: 6 };

  it('the newest of a bucket stays, whoever came first', () => {
    const series = explicit();
    series.record(0.5, ids, 2000);
    series.mergeExemplar(1, 0.6, { ...ids, spanId1: 7 }, 1000);
    expect([series.exemplars?.values[1], series.exemplars?.timesMillis[1]]).toEqual([0.5, 2000]);
    series.mergeExemplar(1, 0.7, { ...ids, spanId1: 8 }, 3000);
    expect([series.exemplars?.values[1], series.exemplars?.ids[11]]).toEqual([0.7, 8]);
    series.mergeExemplar(2, 5, ids, 1);
    expect(series.exemplars?.values[2]).toBe(5);
  });

  it('of buckets that are none, or without a time, are not kept', () => {
    const series = explicit();
    series.mergeExemplar(4, 5, ids, 1);
    series.mergeExemplar(-1, 5, ids, 1);
    series.mergeExemplar(0, 5, ids, Number.NaN);
    expect([...(series.exemplars?.timesMillis ?? [0])].every((time) => time === 0)).toBe(true);
  });
});
