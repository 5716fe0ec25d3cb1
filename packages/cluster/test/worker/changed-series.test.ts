import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { MetricStore } from '@otel-monitor/bound-metrics';
import { describe, expect, it } from 'vitest';
import { Workers } from '../../src/primary/workers.js';
import type { Part } from '../../src/wire/message.js';

import { ChangedSeries } from '../../src/worker/changed-series.js';
import { joinWorker } from '../in-memory-channel.js';
import { record, recordForStoresAlone, SCOPE, seriesIn } from '../made-metrics.js';

recordForStoresAlone();

const none = { scopes: [] };

function all(changes: ChangedSeries, store: Pick<MetricStore, 'scopes'>, sdk?: readonly ScopeMetrics[]): Part[] {
  return [...changes.parts(store, sdk)].filter((part) => part !== undefined);
}

function sdkMetric(metric: object, ...points: { attributes?: unknown; value: unknown }[]): ScopeMetrics[] {
  const dataPoints = points.map(({ attributes = {}, value }) => ({
    attributes,
    value,
    startTime: [1000, 500_000_000],
    endTime: [0, 0],
  }));
  const descriptor = { name: 'lib.requests', unit: '1', description: 'Requests.' };
  return [
    {
      scope: { name: 'lib', version: '2', schemaUrl: 'https://schema' },
      metrics: [{ descriptor, aggregationTemporality: 1, ...metric, dataPoints }],
    },
  ] as never;
}
const COUNTER = { dataPointType: 3, isMonotonic: true };

describe('series of the SDK', () => {
  it('are told like ours', () => {
    const changes = new ChangedSeries();
    expect(all(changes, none, sdkMetric(COUNTER, { attributes: { route: '/' }, value: 3 }))).toEqual([
      {
        instruments: [
          {
            id: 0,
            scope: { name: 'lib', version: '2', schemaUrl: 'https://schema' },
            name: 'lib.requests',
            unit: '1',
            description: 'Requests.',
            kind: 'counter',
          },
        ],
        series: [[1, 0, 1_000_500, { route: '/' }]],
        restarted: [],
        values: [[1, 3]],
        exemplars: [],
        gone: [],
      },
    ]);
    // other attributes by the same text are the same series
    expect(all(changes, none, sdkMetric(COUNTER, { attributes: { route: '/' }, value: 3 }))).toEqual([]);
    expect(all(changes, none, sdkMetric(COUNTER, { attributes: { route: '/' }, value: 4 }))[0]?.values).toEqual([
      [1, 4],
    ]);
  });

  it.each([
    ['a gauge', { dataPointType: 2 }, 1, 'gauge'],
    ['a sum that may fall', { dataPointType: 3, isMonotonic: false }, 1, 'up_down_counter'],
    [
      'a histogram',
      { dataPointType: 0 },
      { sum: 1, count: 1, min: 1, max: 1, buckets: { boundaries: [2], counts: [1, 0] } },
      'histogram',
    ],
  ])('%s is one', (_, metric, value, kind) => {
    expect(all(new ChangedSeries(), none, sdkMetric(metric, { value }))[0]?.instruments[0]).toMatchObject({ kind });
  });

  it('deltas, and what is no point, are not told and harm nobody', () => {
    const changes = new ChangedSeries();
    expect(all(changes, none, sdkMetric({ ...COUNTER, aggregationTemporality: 0 }, { value: 3 }))).toEqual([]);
    expect(all(changes, none, sdkMetric({ dataPointType: 9 }, { value: 3 }))).toEqual([]);
    expect(all(changes, none, sdkMetric(COUNTER, { value: null }, { value: 'many' }, { value: undefined }))).toEqual(
      [],
    );
  });

  it('attributes that JSON cannot write are told as text, or not', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const attributes = { big: 10n, circular, list: ['a', 1n], not: Number.NaN, yes: true };
    const [part] = all(new ChangedSeries(), none, sdkMetric(COUNTER, { attributes, value: 3 }));
    expect(part?.series[0]?.[3]).toEqual({ big: '10', list: ['a', '1'], not: 'NaN', yes: true });
    expect(() => JSON.stringify(part)).not.toThrow();
  });

  it('one that is gone is told as gone, unless nobody could ask', () => {
    const changes = new ChangedSeries();
    all(changes, none, sdkMetric(COUNTER, { value: 3 }));
    expect(all(changes, none, undefined)).toEqual([]);
    expect(all(changes, none, [])[0]?.gone).toEqual([1]);
    expect(changes.size).toBe(0);
  });

  it('by the name of one of ours is that one', () => {
    const store = new MetricStore();
    store
      .scope({ name: 'lib', version: '2' })
      .sum({ name: 'lib.requests', kind: 'counter', unit: '1', description: '', attributes: [] })
      .bind()
      .add(1);
    const changes = new ChangedSeries();
    for (const value of [5, 6, 7]) all(changes, store, sdkMetric(COUNTER, { value }));
    expect(changes.size).toBe(1);
    expect(all(changes, store, sdkMetric(COUNTER, { value: 8 }))).toEqual([]);
  });
});

it('a pass that stops for good in its middle has told all that it has taken out', () => {
  const store = new MetricStore();
  for (let tenant = 0; tenant < 1000; tenant += 1) record(store, 'counter', 1, { tenant });
  const changes = new ChangedSeries();
  const first = changes.parts(store, []);
  const told = [first.next().value, first.next().value];
  for (let tenant = 0; tenant < 1000; tenant += 1) record(store, 'counter', 1, { tenant });
  const rest = all(changes, store, undefined);
  const last = new Map<unknown, unknown>();
  for (const { values } of [...(told as Part[]), ...rest]) for (const [id, value] of values) last.set(id, value);
  expect(last.size).toBe(1000);
  expect([...last.values()].every((value) => value === 2)).toBe(true);
});

it('no part holds more than some tenths of a millisecond make', () => {
  const store = new MetricStore();
  store.seriesPerMetric = 10_000;
  for (let tenant = 0; tenant < 5000; tenant += 1) record(store, 'histogram', 1, { tenant });
  const numbers = ({ series, values, exemplars }: Part) =>
    values.reduce((sum, { length }) => sum + length, 10 * (series.length + exemplars.length));
  const parts = all(new ChangedSeries(), store, []);
  expect(Math.max(...parts.map(numbers))).toBeLessThan(1020);
  expect(parts.reduce((sum, { series }) => sum + series.length, 0)).toBe(5000);
});

it('exemplars are told once each, the newest of a bucket', () => {
  const store = new MetricStore();
  const ids = { traceId0: 1, traceId1: 2, traceId2: 3, traceId3: 4, spanId0: 5, spanId1: -6 };
  const series = seriesIn(store, 'histogram') as { record(value: number, ids: object, millis: number): void };
  const changes = new ChangedSeries();
  series.record(5, ids, 1000);
  series.record(0.5, ids, 1001);
  expect(all(changes, store, [])[0]?.exemplars).toEqual([
    [1, 0, 0.5, 1001, 1, 2, 3, 4, 5, -6],
    [1, 1, 5, 1000, 1, 2, 3, 4, 5, -6],
  ]);
  series.record(6, ids, 1002);
  expect(all(changes, store, [])[0]?.exemplars).toEqual([[1, 1, 6, 1002, 1, 2, 3, 4, 5, -6]]);
});

it('a metric that is not told is not', () => {
  const store = new MetricStore();
  record(store, 'counter', 1);
  record(store, 'gauge', 1);
  const [part] = all(new ChangedSeries((metric) => metric !== 'gauge'), store, []);
  expect(part?.instruments.map(({ name, scope }) => [name, scope])).toEqual([['counter', SCOPE]]);
});

it('a process that has workers of its own from now on is told by their sums, and nothing twice', async () => {
  const store = new MetricStore();
  record(store, 'counter', 5);
  record(store, 'histogram', 5);
  const workers = new Workers({ store });
  const changes = new ChangedSeries();
  all(changes, workers, []);
  const thread = joinWorker(workers, 'thread/1');
  record(thread.store, 'counter', 2);
  await workers.collect();
  expect(all(changes, workers, [])).toEqual([
    { instruments: [], series: [], restarted: [], values: [[1, 7]], exemplars: [], gone: [] },
  ]);
});
