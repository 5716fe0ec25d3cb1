import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { DeltaProducer } from '../src/delta-producer.js';
import { MetricStore } from '../src/metric-store.js';
import { StoreProducer } from '../src/store-producer.js';
import { COUNTER, EXPONENTIAL, HISTOGRAM, ManualReader, pointsOf, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();

const TURNS = 200;
const RECORDS_A_TURN = 150;
const SERIES = 5;

interface Totals {
  counter: number;
  histogram: number;
  exponential: number;
}

function readerOf(producer: StoreProducer | DeltaProducer): ManualReader {
  const reader = new ManualReader({ metricProducers: [producer] });
  new MeterProvider({ readers: [reader] });
  return reader;
}

async function totals(reader: ManualReader): Promise<Totals> {
  const { scopeMetrics } = (await reader.collect()).resourceMetrics;
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
  const counts = (name: string) =>
    sum(pointsOf<Histogram | ExponentialHistogram>(scopeMetrics, name).map(({ value }) => value.count));
  return {
    counter: sum(pointsOf(scopeMetrics, 'counter').map(({ value }) => value)),
    histogram: counts('histogram'),
    exponential: counts('exponential'),
  };
}

/** Records on all series, series given up and bound anew among them, while `collect` runs as often as it can. */
async function recordWhile(store: MetricStore, collect: () => Promise<void>): Promise<Totals> {
  const instruments = store.scope(SCOPE);
  const counter = instruments.sum(COUNTER);
  const histograms = Array.from({ length: SERIES }, (_, id) => instruments.histogram(HISTOGRAM).bind({ id }));
  const exponentials = Array.from({ length: SERIES }, (_, id) =>
    instruments.exponentialHistogram(EXPONENTIAL).bind({ id }),
  );
  let isRecording = true;
  const collecting = (async () => {
    while (isRecording) {
      await collect();
      await nextTurn();
    }
  })();
  const recorded = { counter: 0, histogram: 0, exponential: 0 };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (let record = 0; record < RECORDS_A_TURN; record += 1) {
      const id = record % SERIES;
      counter.bind({ id }).add(3);
      histograms[id]!.record(record);
      exponentials[id]!.record(2 ** ((turn + record) % 60));
      recorded.counter += 3;
      recorded.histogram += 1;
      recorded.exponential += 1;
      // between the microtasks of a collection
      if (record % 50 === 0) await null;
    }
    await nextTurn();
  }
  isRecording = false;
  await collecting;
  return recorded;
}

describe.each([1, 3])('with %i readers, recording while they collect', (count) => {
  it('loses nothing of the totals, which never fall', async () => {
    const store = new MetricStore();
    const readers = Array.from({ length: count }, () => readerOf(new StoreProducer(store)));
    let seen: Totals[] = readers.map(() => ({ counter: 0, histogram: 0, exponential: 0 }));
    let collections = 0;
    const recorded = await recordWhile(store, async () => {
      const now = await Promise.all(readers.map(totals));
      now.forEach((each, index) => {
        expect(each.counter).toBeGreaterThanOrEqual(seen[index]!.counter);
        expect(each.histogram).toBeGreaterThanOrEqual(seen[index]!.histogram);
        expect(each.exponential).toBeGreaterThanOrEqual(seen[index]!.exponential);
      });
      seen = now;
      collections += 1;
    });
    expect(collections).toBeGreaterThan(TURNS / 4);
    expect(await Promise.all(readers.map(totals))).toEqual(readers.map(() => recorded));
  });

  it('loses nothing and counts nothing twice in deltas, also of series that are given up', async () => {
    const store = new MetricStore();
    const readers = Array.from({ length: count }, () => readerOf(new DeltaProducer(store)));
    const summed = readers.map(() => ({ counter: 0, histogram: 0, exponential: 0 }));
    const counter = store.scope(SCOPE).sum(COUNTER);
    let collections = 0;
    const collect = async () => {
      const now = await Promise.all(readers.map(totals));
      now.forEach((each, index) => {
        summed[index]!.counter += each.counter;
        summed[index]!.histogram += each.histogram;
        summed[index]!.exponential += each.exponential;
      });
      collections += 1;
      if (collections % 3 === 0) counter.bind({ id: collections % SERIES }).unbind();
    };
    const recorded = await recordWhile(store, collect);
    await collect();
    expect(collections).toBeGreaterThan(TURNS / 4);
    expect(summed).toEqual(readers.map(() => recorded));
    expect(store.rejectedMeasurements).toBe(0);
  });
});
