import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { collectStore } from '../src/collect-store.js';
import { DeltaProducer } from '../src/delta-producer.js';
import { MetricStore } from '../src/metric-store.js';
import { COUNTER, ManualReader, pointsOf, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();

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
