import { AggregationType, type ExponentialHistogram, MeterProvider } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectStore } from '../src/collect-store.js';
import { MetricStore } from '../src/metric-store.js';
import { EXPONENTIAL, ManualReader, pointsOf, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';
import { expectSameWithinFormat } from './same-within-format.js';

recordForStoreAlone();

const seriesOf = (size = {}) => new MetricStore().scope(SCOPE).exponentialHistogram(EXPONENTIAL, size).bind();

async function ofSdk(values: readonly number[], maxSize: number): Promise<ExponentialHistogram> {
  const reader = new ManualReader();
  const aggregation = {
    type: AggregationType.EXPONENTIAL_HISTOGRAM,
    options: { maxSize, recordMinMax: true },
  } as const;
  const provider = new MeterProvider({ readers: [reader], views: [{ instrumentName: 'exponential', aggregation }] });
  const histogram = provider.getMeter('test').createHistogram('exponential');
  for (const value of values) histogram.record(value);
  const { resourceMetrics } = await reader.collect();
  return pointsOf<ExponentialHistogram>(resourceMetrics.scopeMetrics, 'exponential')[0]!.value;
}

describe('an exponential histogram', () => {
  it('begins at the greatest scale, and falls as far as its values are apart', () => {
    const series = seriesOf({ maxSize: 4 });
    expect(series.scale).toBe(0);
    series.record(1);
    expect(series.pointValue()).toEqual({
      sum: 1,
      count: 1,
      zeroCount: 0,
      min: 1,
      max: 1,
      scale: 20,
      positive: { offset: -1, bucketCounts: [1] },
      negative: { offset: 0, bucketCounts: [] },
    });
    series.record(2);
    // (2^(-1/2), 1] and (2^(1/2), 2] are at indexes -1 and 1 of scale 1, and three more fit in
    expect(series.pointValue()).toMatchObject({ scale: 1, positive: { offset: -1, bucketCounts: [1, 0, 1] } });
    series.record(4);
    expect(series.pointValue()).toMatchObject({ scale: 0, positive: { offset: -1, bucketCounts: [1, 1, 1] } });
    series.record(16);
    series.record(1.5);
    // (1/4, 1], (1, 4], (4, 16]
    expect(series.pointValue()).toMatchObject({
      scale: -1,
      count: 5,
      sum: 24.5,
      min: 1,
      max: 16,
      positive: { offset: -1, bucketCounts: [1, 3, 1] },
    });
  });

  it('counts zeros apart, and has no negative values', () => {
    const series = seriesOf();
    series.record(0);
    series.record(-0);
    series.record(-1);
    expect(series.pointValue()).toEqual({
      sum: 0,
      count: 2,
      zeroCount: 2,
      min: 0,
      max: 0,
      scale: 0,
      positive: { offset: 0, bucketCounts: [] },
      negative: { offset: 0, bucketCounts: [] },
    });
    expect((series.family.owner as MetricStore).rejectedMeasurements).toBe(1);
  });

  it('holds every number that there is, in as few buckets as two', () => {
    for (const maxSize of [2, 3, 160]) {
      const series = seriesOf({ maxSize });
      for (const value of [1, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022, 1e-300, 1e300, 0]) series.record(value);
      const { positive, zeroCount } = series.pointValue();
      expect(zeroCount + positive.bucketCounts.reduce((sum, count) => sum + count)).toBe(7);
      expect(positive.bucketCounts.length).toBeLessThanOrEqual(maxSize);
    }
  });

  it.each([
    [{ maxSize: 1 }, { scale: 0 }],
    [{ maxScale: 3 }, { scale: 3 }],
    [{ maxScale: -4 }, { scale: -4 }],
    [{ maxScale: 99 }, { scale: 20 }],
    [{ maxScale: -99 }, { scale: -10 }],
    [{ maxScale: Number.NaN }, { scale: 20 }],
    [{ maxScale: '3' }, { scale: 20 }],
  ])('of %j has %j', (size, expected) => {
    const series = seriesOf(size);
    series.record(1);
    if ('maxSize' in size) series.record(2);
    expect({ scale: series.scale }).toEqual(expected);
  });

  it('is the same whatever the order of the values', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 40 }), (given, maxSize) => {
        const [forth, back] = [seriesOf({ maxSize }), seriesOf({ maxSize })];
        for (const value of given) forth.record(value);
        for (const value of given.toReversed()) back.record(value);
        const { sum: _, ...expected } = forth.pointValue();
        expect(back.pointValue()).toMatchObject(expected);
      }),
    );
  });

  it('is what the SDK makes of the same values, within the error of the format', async () => {
    const value = fc.oneof(
      fc.constant(0),
      fc.double({ min: 2 ** -1021, max: Number.MAX_VALUE, noNaN: true }),
      fc.double({ min: 0.001, max: 5, noNaN: true }),
      fc.integer({ min: -1000, max: 1000 }).map((power) => 2 ** power),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 3, max: 200 }),
        async (values, maxSize) => {
          const series = seriesOf({ maxSize });
          for (const each of values) series.record(each);
          expectSameWithinFormat(series.pointValue(), await ofSdk(values, maxSize), values);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('begins anew at a reset', () => {
    const store = new MetricStore();
    const series = store.scope(SCOPE).exponentialHistogram(EXPONENTIAL, { maxSize: 4 }).bind();
    for (const value of [1e-9, 1, 1e9]) series.record(value);
    series.reset();
    expect(collectStore(store)).toEqual([]);
    series.record(3);
    expect(series.pointValue()).toMatchObject({ scale: 20, count: 1, positive: { bucketCounts: [1] } });
  });
});
