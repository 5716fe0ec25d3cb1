import {
  AggregationTemporality,
  AggregationType,
  type ExponentialHistogram,
  type Histogram,
  MeterProvider,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { DeltaProducer } from '../src/delta-producer.js';
import { MetricStore } from '../src/metric-store.js';
import { StoreProducer } from '../src/store-producer.js';
import { COUNTER, EXPONENTIAL, HISTOGRAM, ManualReader, pointsOf, SCOPE, UP_DOWN } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';
import { expectSameWithinFormat } from './same-within-format.js';

recordForStoreAlone();

const MEASUREMENTS = 1_000_000;
const SERIES = 40;
const COLLECTIONS = 4;
const BOUNDARIES = [0.25, 0.5, 1, 2, 4, 8, 16, 64, 256];

/** The same numbers in every run: a failure can be found again (xorshift32). */
function* randomWords(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state >>> 0;
  }
}

function readers(store: MetricStore) {
  const views = [
    { instrumentName: 'exponential', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const },
  ];
  const of = (temporality: AggregationTemporality, producer?: StoreProducer | DeltaProducer) =>
    new ManualReader({
      aggregationTemporalitySelector: () => temporality,
      ...(producer && { metricProducers: [producer] }),
    });
  const sdk = { cumulative: of(AggregationTemporality.CUMULATIVE), delta: of(AggregationTemporality.DELTA) };
  const bound = {
    cumulative: of(AggregationTemporality.CUMULATIVE, new StoreProducer(store)),
    delta: of(AggregationTemporality.DELTA, new DeltaProducer(store)),
  };
  const provider = new MeterProvider({ views, readers: [sdk.cumulative, sdk.delta] });
  new MeterProvider({ readers: [bound.cumulative, bound.delta] });
  return { sdk, bound, meter: provider.getMeter(SCOPE.name, SCOPE.version) };
}

const byId = <T>({ scopeMetrics }: ResourceMetrics, name: string): [string, T][] =>
  pointsOf<T>(scopeMetrics, name)
    .map(({ attributes, value }): [string, T] => [(attributes as { id: string }).id, value])
    .sort(([a], [b]) => (a < b ? -1 : 1));

const withoutExtremes = ([id, { buckets, sum, count }]: [string, Histogram]) => [id, { buckets, sum, count }];

it('a million random measurements give what the SDK gives, point by point, in both temporalities', async () => {
  const store = new MetricStore();
  const { sdk, bound, meter } = readers(store);
  const instruments = store.scope(SCOPE);
  const attributes = Array.from({ length: SERIES }, (_, id) => ({
    id: String(id).padStart(2, '0'),
    kind: id % 2 === 0,
  }));
  const theirs = {
    counter: meter.createCounter('counter'),
    upDown: meter.createUpDownCounter('up_down'),
    histogram: meter.createHistogram('histogram', { advice: { explicitBucketBoundaries: BOUNDARIES } }),
    exponential: meter.createHistogram('exponential'),
  };
  const ours = attributes.map((each) => ({
    counter: instruments.sum(COUNTER).bind(each),
    upDown: instruments.sum(UP_DOWN).bind(each),
    histogram: instruments.histogram({ ...HISTOGRAM, boundaries: BOUNDARIES }).bind(each),
    exponential: instruments.exponentialHistogram(EXPONENTIAL).bind(each),
  }));
  const spread = new Map<string, number[]>(attributes.map(({ id }) => [id, []]));
  let recent = new Map<string, number[]>(attributes.map(({ id }) => [id, []]));
  const words = randomWords(20_261_124);
  let compared = 0;

  for (let collection = 1; collection <= COLLECTIONS; collection += 1) {
    for (let index = 0; index < MEASUREMENTS / COLLECTIONS; index += 1) {
      const word = words.next().value;
      const at = word % SERIES;
      const given = attributes[at]!;
      const handles = ours[at]!;
      // 64ths: their sums are exact in whatever order they are added
      const value = (words.next().value >>> 14) / 64 / 2 ** (word >>> 28);
      switch ((word >>> 8) & 3) {
        case 0:
          theirs.counter.add(value, given);
          handles.counter.add(value);
          break;
        case 1: {
          const signed = (word >>> 10) & 1 ? value : -value;
          theirs.upDown.add(signed, given);
          handles.upDown.add(signed);
          break;
        }
        case 2:
          theirs.histogram.record(value, given);
          handles.histogram.record(value);
          break;
        default: {
          // from 1e-9 to 1e9, as many of each order, and now and then a zero
          const wide = word >>> 20 === 0 ? 0 : 10 ** ((words.next().value / 2 ** 32) * 18 - 9);
          theirs.exponential.record(wide, given);
          handles.exponential.record(wide);
          spread.get(given.id)!.push(wide);
          recent.get(given.id)!.push(wide);
        }
      }
    }
    const collected = {
      sdk: (await sdk.cumulative.collect()).resourceMetrics,
      bound: (await bound.cumulative.collect()).resourceMetrics,
      sdkDelta: (await sdk.delta.collect()).resourceMetrics,
      boundDelta: (await bound.delta.collect()).resourceMetrics,
    };
    for (const name of ['counter', 'up_down', 'histogram']) {
      expect(byId(collected.bound, name)).toEqual(byId(collected.sdk, name));
      compared += byId(collected.bound, name).length;
    }
    expect(byId(collected.boundDelta, 'counter')).toEqual(byId(collected.sdkDelta, 'counter'));
    expect(byId<Histogram>(collected.boundDelta, 'histogram').map(withoutExtremes)).toEqual(
      byId<Histogram>(collected.sdkDelta, 'histogram').map(withoutExtremes),
    );
    const exponentials = byId<ExponentialHistogram>(collected.sdk, 'exponential');
    byId<ExponentialHistogram>(collected.bound, 'exponential').forEach(([id, value], index) => {
      expect(exponentials[index]?.[0]).toBe(id);
      expectSameWithinFormat(value, exponentials[index]![1], spread.get(id)!);
      compared += 1;
    });
    for (const [id, delta] of byId<ExponentialHistogram>(collected.boundDelta, 'exponential')) {
      const values = recent.get(id)!;
      expect([delta.count, delta.zeroCount]).toEqual([values.length, values.filter((value) => value === 0).length]);
      expect(delta.positive.bucketCounts.reduce((sum, count) => sum + count)).toBe(delta.count - delta.zeroCount);
    }
    recent = new Map(attributes.map(({ id }) => [id, []]));
  }
  expect(compared).toBe(4 * SERIES * COLLECTIONS);
});
