import { metrics } from '@opentelemetry/api';
import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics';
import { initialState, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectStore } from '../src/collect-store.js';
import { MetricDeltas } from '../src/metric-deltas.js';
import { MetricStore } from '../src/metric-store.js';
import { spanIds } from '../src/span-ids.js';
import { StoreProducer } from '../src/store-producer.js';
import { COUNTER, EXPONENTIAL, GAUGE, HISTOGRAM, ManualReader, pointsOf, SCOPE } from './definitions.js';

const IDS = spanIds('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331');

beforeEach(() => {
  Object.assign(runtimeState, initialState());
});
afterEach(() => {
  metrics.disable();
  Object.assign(runtimeState, initialState());
});

function register(options: ConstructorParameters<typeof MeterProvider>[0] = {}) {
  const reader = new ManualReader();
  metrics.disable();
  metrics.setGlobalMeterProvider(new MeterProvider({ ...options, readers: [reader] }));
  return async <T = number>(name: string) =>
    pointsOf<T>((await reader.collect()).resourceMetrics.scopeMetrics, name).map(({ value }) => value);
}

describe('the instruments of a provider of somebody else', () => {
  it('get histograms with exemplars as plain measurements, and are made anew for the next provider', async () => {
    const store = new MetricStore();
    const series = store.scope(SCOPE).histogram(HISTOGRAM).bind();
    series.record(0.5, IDS);
    const first = register();
    series.record(5, IDS);
    expect(await first('histogram')).toMatchObject([
      { count: 1, sum: 5, buckets: { boundaries: [0.1, 1, 10], counts: [0, 0, 1, 0] } },
    ]);
    const second = register();
    series.record(0.05, IDS);
    expect(await second('histogram')).toMatchObject([{ count: 1, sum: 0.05 }]);
    expect(series.count).toBe(3);
    expect(series.exemplars?.values).toEqual(new Float64Array([0.05, 0.5, 5, 0]));
  });

  it('get exponential histograms in the buckets of the provider, whose views may say otherwise', async () => {
    const store = new MetricStore();
    const series = store.scope(SCOPE).exponentialHistogram(EXPONENTIAL).bind();
    const plain = register();
    series.record(3);
    expect(await plain('exponential')).toMatchObject([{ count: 1, sum: 3, buckets: { counts: expect.any(Array) } }]);
    const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
    const viewed = register({ views: [{ instrumentName: 'exponential', aggregation }] });
    series.record(4);
    expect(await viewed('exponential')).toMatchObject([{ count: 1, sum: 4, positive: { bucketCounts: [1] } }]);
    expect(series.pointValue()).toMatchObject({ count: 2, sum: 7 });
  });

  it('get nothing of what is recorded unmirrored, even where that throws, and all of what comes after', async () => {
    const store = new MetricStore();
    const series = store.scope(SCOPE).histogram(HISTOGRAM).bind();
    const values = register();
    store.unmirrored(() => series.record(1));
    expect(() =>
      store.unmirrored(() => {
        throw new RangeError('in between');
      }),
    ).toThrow('in between');
    series.record(2);
    expect(await values('histogram')).toMatchObject([{ count: 1, sum: 2 }]);
    expect(series.pointValue()).toMatchObject({ count: 2, sum: 3 });
  });

  it('get nothing of a handle that was given up', async () => {
    const store = new MetricStore();
    const series = store.scope(SCOPE).sum(COUNTER).bind();
    const read = register();
    series.add(1);
    series.unbind();
    series.add(2);
    expect(await read('counter')).toEqual([1]);
  });

  it('do not change the deltas of the store', async () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const series = store.scope(SCOPE).sum(COUNTER).bind();
    const read = register();
    series.add(1);
    deltas.since(collectStore(store)).commit();
    expect(await read('counter')).toEqual([1]);
    series.add(2);
    expect(pointsOf(deltas.since(collectStore(store)).scopeMetrics, 'counter').map(({ value }) => value)).toEqual([2]);
    expect(await read('counter')).toEqual([3]);
  });

  it('get nothing while a reader takes the series from a producer: it would be exported twice', async () => {
    const store = new MetricStore();
    const counter = store.scope(SCOPE).sum(COUNTER).bind();
    const gauge = store.scope(SCOPE).value(GAUGE).bind();
    const read = register();
    gauge.set(1);
    const producer = new StoreProducer(store);
    counter.add(1);
    gauge.set(2);
    expect(await read('counter')).toEqual([]);
    expect(await read('gauge')).toEqual([]);
    producer.close();
    producer.close();
    counter.add(2);
    expect(await read('counter')).toEqual([2]);
    expect(await read('gauge')).toEqual([2]);
  });
});
