import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectStore } from '../src/collect-store.js';
import { DeltaProducer } from '../src/delta-producer.js';
import type { MetricDeltas } from '../src/metric-deltas.js';
import { MetricStore } from '../src/metric-store.js';
import { COUNTER, ManualReader, pointsOf, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const seconds = ([whole, nanos]: [number, number]) => whole - 1_700_000_000 + Math.floor(nanos / 1e6) / 1000;
const _shown = (deltas: ReturnType<MetricDeltas['since']>, name: string) =>
  pointsOf(deltas.scopeMetrics, name).map(({ attributes, startTime, endTime, value }) => [
    attributes,
    seconds(startTime),
    seconds(endTime),
    value,
  ]);

describe('a producer of deltas', () => {
  it('keeps the books of its reader, whatever others collect', async () => {
    const store = new MetricStore();
    const readers = [1, 2].map(() => {
      const reader = new ManualReader({ metricProducers: [new DeltaProducer(store)] });
      new MeterProvider({ readers: [reader] });
      return reader;
    });
    const values = async (reader: ManualReader | undefined) =>
      pointsOf((await reader!.collect()).resourceMetrics.scopeMetrics, 'counter').map(({ value }) => value);
    const series = store.scope(SCOPE).sum(COUNTER).bind();
    series.add(1);
    expect(await values(readers[0])).toEqual([1]);
    series.add(2);
    expect(await values(readers[0])).toEqual([2]);
    expect(await values(readers[1])).toEqual([3]);
    expect(await values(readers[0])).toEqual([]);
    expect(pointsOf(collectStore(store), 'counter').map(({ value }) => value)).toEqual([3]);
  });
});
