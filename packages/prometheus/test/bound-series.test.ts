import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { collectStore, type MetricStore } from '@otel-monitor/bound-metrics';
import { describe, expect, it } from 'vitest';
import {
  type BoundStore,
  type ExpositionFormat,
  type ExpositionProblem,
  labelMemoryBytes,
  serialize,
  writePage,
} from '../src/index.js';
import { definition, newStore } from './made-store.js';
import { collection, gauge, histogram, scope } from './metric-data.js';
import { parseStrictly } from './strict-parser.js';

const nothing = collection([]);
const formats: ExpositionFormat[] = ['text', 'openmetrics'];

/** The page of a store, after a strict parser has taken it. */
function page(store: MetricStore, format: ExpositionFormat = 'text', sdk: ResourceMetrics = nothing): string {
  const text = serialize(sdk, { store, format });
  parseStrictly(text, format);
  return text;
}

/** The same by way of data points, which is how everybody else reads the store. */
function pageOfPoints(store: MetricStore, format: ExpositionFormat): string {
  const scopeMetrics = collectStore(store);
  return serialize({ resource: nothing.resource, scopeMetrics }, { format });
}

function storeOfAllKinds(): MetricStore {
  const store = newStore();
  const shop = store.scope({ name: 'shop', version: '1.4.0' });
  shop
    .sum(definition('jobs', 'counter', { unit: '{job}' }))
    .bind({ kind: 'a "b"\\\n', 'http.route': '/é' })
    .add(3);
  shop.sum(definition('queue', 'up_down_counter')).bind({ q: 1 }).add(-2.5);
  shop
    .value(definition('load', 'gauge', { unit: '1' }))
    .bind({ yes: true })
    .set(0.25);
  shop
    .value(definition('cpu.time', 'observable_counter', { unit: 's' }))
    .bind({})
    .set(7);
  const duration = shop.histogram(definition('duration', 'histogram', { unit: 's', boundaries: [0.1, 1, 10] }));
  for (const value of [0, 0.1, 0.2, 5, 50, 1e300]) duration.bind({ route: '/' }).record(value);
  duration.bind({ route: '/b', le: 'x' }).record(0.3);
  duration.bind({ route: '/never' });
  const size = store.scope({ name: 'other' }).exponentialHistogram(definition('size', 'histogram', { unit: 'By' }));
  for (const value of [0, 1, 3, 1000, 1e9]) size.bind({ route: '/' }).record(value);
  return store;
}

describe.each(formats)('%s', (format) => {
  it('series read in the store are shown as their data points are', () => {
    const store = storeOfAllKinds();
    expect(page(store, format)).toBe(pageOfPoints(store, format));
    expect(page(store, format)).toContain('duration_seconds_bucket{');
  });

  it('and so they are when they have changed, are new, or were given up', () => {
    const store = storeOfAllKinds();
    page(store, format);
    const duration = store.scope({ name: 'shop', version: '1.4.0' }).histogram(definition('duration', 'histogram'));
    duration.bind({ route: '/' }).record(0.5);
    duration.bind({ route: '/new' }).record(0.5);
    const second = page(store, format);
    expect(second).toBe(pageOfPoints(store, format));
    expect(second).toContain('route="/new"');
    duration.bind({ route: '/new' }).unbind();
    const third = page(store, format);
    expect(third).toBe(pageOfPoints(store, format));
    expect(third).not.toContain('route="/new"');
    store.reset();
    expect(page(store, format)).toBe(format === 'text' ? '' : '# EOF\n');
  });
});

it('an exponential histogram of the store is shown by its classic form', () => {
  const store = newStore();
  const sizes = store.scope({ name: 's' }).exponentialHistogram(definition('e', 'histogram'), { maxSize: 2 });
  for (const value of [0, 1, 2, 4]) sizes.bind({}).record(value);
  const labels = 'otel_scope_name="s",otel_scope_schema_url="",otel_scope_version=""';
  expect(page(store).split('\n').slice(2, -1)).toEqual([
    `e_bucket{${labels},le="0"} 1`,
    `e_bucket{${labels},le="0.25"} 1`,
    `e_bucket{${labels},le="1"} 2`,
    `e_bucket{${labels},le="4"} 4`,
    `e_bucket{${labels},le="+Inf"} 4`,
    `e_sum{${labels}} 7`,
    `e_count{${labels}} 4`,
  ]);
});

it('one family of the SDK and of the store, the first of what clashes', () => {
  const store = newStore();
  const test = store.scope({ name: 'test', version: '1' });
  test.value(definition('g', 'gauge')).bind({ a: 'x' }).set(1);
  test.value(definition('g', 'gauge')).bind({ a: 'y' }).set(2);
  test.sum(definition('h', 'counter')).bind({}).add(1);
  test.value(definition('h_count', 'gauge')).bind({}).set(1);
  const sdk = collection([scope([gauge('g', [[{ a: 'x' }, 7]]), histogram('h', [])])]);
  const problems: ExpositionProblem[] = [];
  const text = serialize(sdk, { store, onProblem: (problem) => problems.push(problem) });
  const ofScope = 'otel_scope_name="test",otel_scope_schema_url="",otel_scope_version="1"';
  expect(text.split('\n').filter((line) => line.startsWith('g{'))).toEqual([
    `g{a="x",${ofScope}} 7`,
    `g{a="y",${ofScope}} 2`,
  ]);
  expect(problems).toEqual([
    { reason: 'help_conflict', metric: 'g', series: 2, dropped: false },
    { reason: 'duplicate_series', metric: 'g', series: 1, dropped: true },
  ]);
});

it('attributes that become the same labels are told, at every page', () => {
  const store = newStore();
  const sums = store.scope({ name: 's' }).sum(definition('c', 'counter'));
  sums.bind({ 'a.b': 'x' }).add(1);
  sums.bind({ a_b: 'x' }).add(2);
  sums.bind({ a_b: 'x', c: '' }).add(3);
  sums.bind({ a_b: 'x', 'a-b': 'y' }).add(4);
  for (let round = 0; round < 2; round += 1) {
    const problems: string[] = [];
    const text = serialize(nothing, { store, onProblem: ({ reason, series }) => problems.push(`${reason} ${series}`) });
    expect(problems).toEqual(['duplicate_series 2', 'label_conflict 1']);
    expect(text.match(/^c_total\{/gm)).toHaveLength(2);
  }
});

it('a slab of any size gives the same page in whole lines', () => {
  const store = storeOfAllKinds();
  const whole = page(store);
  for (const size of [1, 40, 100, 150, 200, 333, 1000]) {
    const chunks = [...writePage(nothing, { store, newSlab: () => Buffer.alloc(size) })].filter((each) => each);
    expect(chunks.map(String).join('')).toBe(whole);
    expect(chunks.every((chunk) => String(chunk).endsWith('\n'))).toBe(true);
    // what is longer is one line, or the two of a header, that no slab of this size can hold
    expect(chunks.every((chunk) => chunk!.length <= size || chunk!.length < 250)).toBe(true);
  }
});

it('a histogram that is recorded on between two slabs does not contradict itself', () => {
  const store = newStore();
  const series = store
    .scope({ name: 's' })
    .histogram(definition('h', 'histogram', { boundaries: [1, 2, 3] }))
    .bind({});
  series.record(0.5);
  let text = '';
  for (const chunk of writePage(nothing, { store, newSlab: () => Buffer.alloc(100) })) {
    text += chunk ?? '';
    series.record(0.5);
  }
  const [family] = parseStrictly(text, 'text').values();
  expect(family?.samples.map(({ value }) => value)).toEqual([1, 1, 1, 1, 0.5, 1]);
  expect(series.count).toBeGreaterThan(4);
});

it('at most a hundred series are read between two places to pause', () => {
  let read = 0;
  const family = { isExponential: false };
  const series = Array.from({ length: 5000 }, (_, index) => ({
    touched: true,
    family,
    boundaries: [],
    counts: [1],
    count: 1,
    sum: 1,
    get attributes() {
      read += 1;
      return { index };
    },
  }));
  const instrument = { definition: definition('h', 'histogram'), all: series };
  const store = { scopes: [{ scope: { name: 's' }, all: [instrument] }] } as unknown as BoundStore;
  let before = 0;
  let most = 0;
  for (const _ of writePage(nothing, { store, newSlab: () => Buffer.allocUnsafeSlow(262_144) })) {
    most = Math.max(most, read - before);
    before = read;
  }
  expect(read).toBe(5000);
  expect(most).toBeLessThanOrEqual(100);
});

it('says what it remembers of labels: of series that are there, once they were shown', () => {
  const store = newStore();
  const sums = store.scope({ name: 's' }).sum(definition('c', 'counter'));
  sums.bind({ a: 'x'.repeat(100) }).add(1);
  sums.bind({ a: 'y'.repeat(100) }).add(1);
  expect(labelMemoryBytes(store)).toBe(0);
  page(store);
  const two = labelMemoryBytes(store);
  expect(two).toBeGreaterThan(2 * 160);
  expect(two).toBeLessThan(2 * 500);
  sums.bind({ a: 'x'.repeat(100) }).unbind();
  expect(labelMemoryBytes(store)).toBe(two / 2);
});
