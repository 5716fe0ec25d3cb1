import {
  AggregationTemporality,
  type ExponentialHistogram,
  type Histogram,
  MeterProvider,
} from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectStore } from '../src/collect-store.js';
import { MetricDeltas } from '../src/metric-deltas.js';
import { MetricStore } from '../src/metric-store.js';
import {
  COUNTER,
  EXPONENTIAL,
  GAUGE,
  HISTOGRAM,
  ManualReader,
  OBSERVED,
  pointsOf,
  SCOPE,
  UP_DOWN,
} from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const seconds = ([whole, nanos]: [number, number]) => whole - 1_700_000_000 + Math.floor(nanos / 1e6) / 1000;
const shown = (deltas: ReturnType<MetricDeltas['since']>, name: string) =>
  pointsOf(deltas.scopeMetrics, name).map(({ attributes, startTime, endTime, value }) => [
    attributes,
    seconds(startTime),
    seconds(endTime),
    value,
  ]);

describe('deltas', () => {
  it('are what is new since the last commit, between that and now; what did not change is left out', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const counter = store.scope(SCOPE).sum(COUNTER);
    const [a, b] = [counter.bind({ id: 'a' }), counter.bind({ id: 'b' })];
    a.add(1);
    b.add(10);
    vi.setSystemTime(1_700_000_001_000);
    const first = deltas.since(collectStore(store));
    expect(first.scopeMetrics[0]?.metrics[0]?.aggregationTemporality).toBe(AggregationTemporality.DELTA);
    expect(shown(first, 'counter')).toEqual([
      [{ id: 'a' }, 0, 1, 1],
      [{ id: 'b' }, 0, 1, 10],
    ]);
    first.commit();
    vi.setSystemTime(1_700_000_003_000);
    a.add(2);
    const second = deltas.since(collectStore(store));
    expect(shown(second, 'counter')).toEqual([[{ id: 'a' }, 1, 3, 2]]);
    second.commit();
    expect(deltas.since(collectStore(store)).scopeMetrics).toEqual([]);
    vi.setSystemTime(1_700_000_004_000);
    counter.bind({ id: 'c' }).add(5);
    vi.setSystemTime(1_700_000_005_000);
    expect(shown(deltas.since(collectStore(store)), 'counter')).toEqual([[{ id: 'c' }, 4, 5, 5]]);
  });

  it('that were not committed are in the next ones', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const series = store.scope(SCOPE).sum(COUNTER).bind();
    series.add(1);
    deltas.since(collectStore(store)).commit();
    series.add(2);
    const lost = deltas.since(collectStore(store));
    expect(shown(lost, 'counter').map(([, , , value]) => value)).toEqual([2]);
    series.add(4);
    const next = deltas.since(collectStore(store));
    expect(shown(next, 'counter').map(([, , , value]) => value)).toEqual([6]);
    next.commit();
    // an answer that comes late must not take the books back
    lost.commit();
    series.add(8);
    expect(shown(deltas.since(collectStore(store)), 'counter').map(([, , , value]) => value)).toEqual([8]);
  });

  it('of histograms have counts and sums, and no least and greatest value, which are not known', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const explicit = store.scope(SCOPE).histogram(HISTOGRAM).bind();
    const exponential = store.scope(SCOPE).exponentialHistogram(EXPONENTIAL, { maxSize: 4 }).bind();
    for (const value of [0.05, 1, 2]) explicit.record(value);
    for (const value of [0, 1, 2]) exponential.record(value);
    deltas.since(collectStore(store)).commit();
    for (const value of [0.5, 50]) explicit.record(value);
    for (const value of [0, 4, 16]) exponential.record(value);
    const second = deltas.since(collectStore(store));
    expect(pointsOf<Histogram>(second.scopeMetrics, 'histogram')[0]?.value).toEqual({
      buckets: { boundaries: [0.1, 1, 10], counts: [0, 1, 0, 1] },
      sum: 50.5,
      count: 2,
    });
    // 1 and 2 were at scale 1; now (1/4, 1], (1, 4], (4, 16] at scale -1
    expect(pointsOf<ExponentialHistogram>(second.scopeMetrics, 'exponential')[0]?.value).toEqual({
      sum: 20,
      count: 3,
      zeroCount: 1,
      scale: -1,
      positive: { offset: 0, bucketCounts: [1, 1] },
      negative: { offset: 0, bucketCounts: [] },
    });
    second.commit();
    exponential.record(0);
    expect(
      pointsOf<ExponentialHistogram>(deltas.since(collectStore(store)).scopeMetrics, 'exponential')[0]?.value,
    ).toMatchObject({
      count: 1,
      zeroCount: 1,
      sum: 0,
      positive: { offset: 0, bucketCounts: [] },
    });
  });

  it('leave gauges and sums that may fall as they are', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    store.scope(SCOPE).value(GAUGE).bind().set(7);
    store.scope(SCOPE).sum(UP_DOWN).bind().add(-3);
    for (let round = 0; round < 2; round += 1) {
      const { scopeMetrics, commit } = deltas.since(collectStore(store));
      expect(pointsOf(scopeMetrics, 'gauge').map(({ value }) => value)).toEqual([7]);
      expect(pointsOf(scopeMetrics, 'up_down').map(({ value }) => value)).toEqual([-3]);
      expect(scopeMetrics[0]?.metrics.map(({ aggregationTemporality }) => aggregationTemporality)).toEqual([
        AggregationTemporality.CUMULATIVE,
        AggregationTemporality.CUMULATIVE,
      ]);
      commit();
    }
  });

  it('of observed counters are deltas, or totals where little memory is asked for', () => {
    const store = new MetricStore();
    const [delta, low] = [new MetricDeltas(store), new MetricDeltas(store, { observableCounters: 'cumulative' })];
    const series = store.scope(SCOPE).value(OBSERVED).bind();
    const values = (deltas: MetricDeltas) => {
      const { scopeMetrics, commit } = deltas.since(collectStore(store));
      commit();
      return pointsOf(scopeMetrics, 'observed').map(({ value }) => value);
    };
    series.set(10);
    expect([values(delta), values(low)]).toEqual([[10], [10]]);
    series.set(15);
    expect([values(delta), values(low)]).toEqual([[5], [15]]);
    // what is observed began anew: all of it is new
    series.set(3);
    expect([values(delta), values(low)]).toEqual([[3], [3]]);
  });

  it('remember 100,000 series: what is beyond is left out and counted', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    store.scope(SCOPE).sum(COUNTER).bind().add(1);
    const [scope] = collectStore(store);
    const metric = scope!.metrics[0]!;
    const of = (value: number) => {
      const ids = Array.from({ length: 100_002 }, (_, id) => ({ ...metric.dataPoints[0]!, attributes: { id }, value }));
      const { scopeMetrics, commit } = deltas.since([
        { ...scope!, metrics: [{ ...metric, dataPoints: ids } as never] },
      ]);
      commit();
      return pointsOf(scopeMetrics, 'counter').length;
    };
    expect([of(1), of(2)]).toEqual([100_000, 100_000]);
    expect(deltas.size).toBe(100_000);
    expect(store.rejectedMeasurements).toBe(4);
  });

  it('of a series that was reset begin at zero', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const series = store.scope(SCOPE).sum(COUNTER).bind();
    series.add(5);
    deltas.since(collectStore(store)).commit();
    series.reset();
    series.add(9);
    expect(shown(deltas.since(collectStore(store)), 'counter').map(([, , , value]) => value)).toEqual([9]);
  });

  it('of a sum that has run over to Infinity are no NaN', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const series = store.scope(SCOPE).histogram(HISTOGRAM).bind();
    series.record(Number.MAX_VALUE);
    series.record(Number.MAX_VALUE);
    deltas.since(collectStore(store)).commit();
    series.record(1);
    expect(pointsOf<Histogram>(deltas.since(collectStore(store)).scopeMetrics, 'histogram')[0]?.value).toMatchObject({
      count: 1,
      sum: 0,
    });
  });

  it("are made of the SDK's own instruments as well", async () => {
    const deltas = new MetricDeltas(new MetricStore());
    const reader = new ManualReader();
    const meter = new MeterProvider({ readers: [reader] }).getMeter('library');
    const counter = meter.createCounter('requests');
    const histogram = meter.createHistogram('duration');
    let observed = 100;
    meter.createObservableCounter('cpu').addCallback((result) => result.observe(observed, { mode: 'user' }));
    const next = async () => {
      const { scopeMetrics, commit } = deltas.since((await reader.collect()).resourceMetrics.scopeMetrics);
      commit();
      return [
        pointsOf(scopeMetrics, 'requests').map(({ attributes, value }) => [attributes, value]),
        pointsOf<Histogram>(scopeMetrics, 'duration').map(({ value }) => value.count),
        pointsOf(scopeMetrics, 'cpu').map(({ value }) => value),
      ];
    };
    counter.add(1, { route: '/' });
    counter.add(2, { route: '/a' });
    histogram.record(3);
    expect(await next()).toEqual([
      [
        [{ route: '/' }, 1],
        [{ route: '/a' }, 2],
      ],
      [1],
      [100],
    ]);
    counter.add(4, { route: '/a' });
    observed = 107;
    expect(await next()).toEqual([[[{ route: '/a' }, 4]], [], [7]]);
  });
});

it('attributes that cannot be written as text are told apart by the object', () => {
  const store = new MetricStore();
  const deltas = new MetricDeltas(store);
  store.scope(SCOPE).sum(COUNTER).bind().add(1);
  const [scope] = collectStore(store);
  const attributes = [{ big: 1n }, { big: 1n }];
  const of = (...values: number[]) => {
    const dataPoints = values.map((value, index) => ({
      ...scope!.metrics[0]!.dataPoints[0]!,
      attributes: attributes[index],
      value,
    }));
    const { scopeMetrics, commit } = deltas.since([
      { ...scope!, metrics: [{ ...scope!.metrics[0]!, dataPoints } as never] },
    ]);
    commit();
    return pointsOf(scopeMetrics, 'counter').map(({ value }) => value);
  };
  expect(of(1, 2)).toEqual([1, 2]);
  expect(of(5, 10)).toEqual([4, 8]);
});
