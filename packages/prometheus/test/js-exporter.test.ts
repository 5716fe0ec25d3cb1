import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  type AggregationOption,
  AggregationType,
  MeterProvider,
  MetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prometheusLabelName, prometheusName, serialize } from '../src/index.js';
import { numberOf, parseStrictly } from './strict-parser.js';

class TestReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

/** What a program recorded by the real SDK, under names that the JS exporter writes correctly. */
async function recorded(): Promise<ResourceMetrics> {
  const reader = new TestReader();
  const boundaries: AggregationOption = {
    type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
    options: { boundaries: [0.1, 1, 10] },
  };
  const views = [{ instrumentName: 'request.duration', aggregation: boundaries }];
  const provider = new MeterProvider({ readers: [reader], views });
  const meter = provider.getMeter('shop', '1.4.0', { schemaUrl: 'https://example.com/schema' });
  const other = provider.getMeter('other');
  const requests = meter.createCounter('requests', { description: 'Requests.', unit: '{request}' });
  for (const method of ['GET', 'POST']) {
    for (const status of [200, 404]) requests.add(status / 4, { 'http.method': method, status, ok: status === 200 });
  }
  requests.add(0.5, { note: 'a "quoted" \\ value\nof two lines' });
  const queue = meter.createUpDownCounter('queue.size', { unit: '{item}' });
  queue.add(5, { queue: 'a' });
  queue.add(-7, { queue: 'b' });
  const duration = meter.createHistogram('request.duration', { description: 'Time\\taken.\nTwo lines.', unit: 's' });
  for (const seconds of [0.05, 0.1, 0.2, 5, 50]) duration.record(seconds, { route: '/' });
  duration.record(1, { route: '/b', tags: ['x', 'y'] });
  other.createObservableGauge('memory.usage', { unit: 'By' }).addCallback((result) => result.observe(123_456_789, {}));
  other.createObservableCounter('cpu.time', { unit: 's' }).addCallback((result) => result.observe(1.5, { cpu: 0 }));
  other.createGauge('load', { unit: '1' }).record(0.25);
  const { resourceMetrics } = await reader.collect();
  await provider.shutdown();
  return resourceMetrics;
}

/** Samples as `name{sorted labels} value`, read with a simple eye: the page of the JS exporter has repeated headers. */
function samplesOf(page: string, rename: (name: string) => string): string[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('target_info'))
    .map((line) => {
      const [, name, labels, value] = /^([^{]+)\{(.*)\} (\S+)$/s.exec(line)!;
      const pairs = [...labels!.matchAll(/([^=,]+)="((?:[^"\\]|\\.)*)"/g)].filter(([, , text]) => text !== '');
      const numeric = (key: string, text: string) => (key === 'le' ? String(numberOf(text)) : text);
      const sorted = pairs.map(([, key, text]) => `${key}=${numeric(key!, text!)}`).sort();
      return `${rename(name!)}{${sorted}} ${numberOf(value!)}`;
    })
    .sort();
}

it('gives the samples of the JS exporter once its names have their units', async () => {
  const metrics = await recorded();
  const names = new Map([
    ['cpu_time_total', 'cpu_time_seconds_total'],
    ['load', 'load_ratio'],
    ['memory_usage', 'memory_usage_bytes'],
    ['request_duration_bucket', 'request_duration_seconds_bucket'],
    ['request_duration_sum', 'request_duration_seconds_sum'],
    ['request_duration_count', 'request_duration_seconds_count'],
  ]);
  const theirs = samplesOf(new PrometheusSerializer().serialize(metrics), (name) => names.get(name) ?? name);
  expect(theirs).toHaveLength(22);
  expect(samplesOf(serialize(metrics), (name) => name)).toEqual(theirs);
});

it('both formats say the same of what the SDK recorded, and the strict parser takes them', async () => {
  const metrics = await recorded();
  const text = parseStrictly(serialize(metrics), 'text');
  const openMetrics = parseStrictly(serialize(metrics, { format: 'openmetrics' }), 'openmetrics');
  const values = (parsed: typeof text) =>
    [...parsed.values()].flatMap(({ samples }) =>
      samples.map(({ name, labels, value }) => {
        const shown = [...labels].map(([key, label]) => [key, key === 'le' ? numberOf(label) : label]);
        return JSON.stringify([name, shown, value]);
      }),
    );
  expect(values(openMetrics)).toEqual(values(text));
  const unit = (name: string) => openMetrics.get(name)?.unit;
  expect([unit('request_duration_seconds'), unit('memory_usage_bytes'), unit('load_ratio'), unit('requests')]).toEqual([
    ...['seconds', 'bytes', 'ratio', undefined],
  ]);
});

it('the names that the two functions give are those on the page', async () => {
  const parsed = parseStrictly(serialize(await recorded()), 'text');
  const samples = parsed.get(prometheusName({ name: 'requests', unit: '{request}', kind: 'counter' }))!.samples;
  expect(samples[0]!.labels.get(prometheusLabelName('http.method'))).toBe('GET');
  expect(parsed.has(prometheusName({ name: 'memory.usage', unit: 'By', kind: 'observable_gauge' }))).toBe(true);
});

/** What a generated program records: names with their units in them, so that the JS exporter has nothing to add. */
const program = fc.array(
  fc.record({
    kind: fc.constantFrom('counter', 'up_down_counter', 'gauge', 'histogram'),
    scope: fc.constantFrom('one', 'two'),
    description: fc.string({ maxLength: 8 }),
    measurements: fc.array(
      fc.tuple(
        fc.dictionary(
          fc.constantFrom('a', 'b_c', 'd'),
          fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), fc.integer(), fc.boolean()),
          { noNullPrototype: true },
        ),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
      ),
      { minLength: 1, maxLength: 8 },
    ),
  }),
  { maxLength: 6 },
);
type Program = typeof program extends fc.Arbitrary<infer P> ? P : never;

async function run(given: Program): Promise<ResourceMetrics> {
  const reader = new TestReader();
  const provider = new MeterProvider({ readers: [reader] });
  given.forEach(({ kind, scope, description, measurements }, index) => {
    const meter = provider.getMeter(scope, '1');
    const name = `m${index}`;
    for (const [attributes, value] of measurements) {
      if (kind === 'counter') meter.createCounter(name, { description }).add(value, attributes);
      if (kind === 'up_down_counter') meter.createUpDownCounter(name, { description }).add(-value, attributes);
      if (kind === 'gauge') meter.createGauge(name, { description }).record(value, attributes);
      if (kind === 'histogram') meter.createHistogram(name, { description }).record(value, attributes);
    }
  });
  const { resourceMetrics } = await reader.collect();
  await provider.shutdown();
  return resourceMetrics;
}

it('gives the samples of the JS exporter for whatever is recorded', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(program, async (given) => {
      const metrics = await run(given);
      const theirs = samplesOf(new PrometheusSerializer().serialize(metrics), (name) => name);
      expect(samplesOf(serialize(metrics), (name) => name)).toEqual(theirs);
      compared += theirs.length;
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(1000);
});
