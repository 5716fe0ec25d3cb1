import { expect, it } from 'vitest';
import { Scraper } from '../src/scraper.js';
import type { CollectedMetrics } from '../src/server-sources.js';
import { ask } from './ask.js';
import { collected } from './made-sources.js';
import { served } from './served.js';

const soon = <T>(value: T) => new Promise<T>((resolve) => setTimeout(resolve, 50, value));

it('a hundred concurrent scrapes share one collection', async () => {
  let collections = 0;
  const metrics = () => {
    collections += 1;
    return soon(collected);
  };
  const { url } = await served({ metrics });
  // half of them ask for OpenMetrics
  const asked = Array.from({ length: 100 }, (_, index) =>
    ask(url, '/metrics', index % 2 === 0 ? {} : { accept: 'application/openmetrics-text' }),
  );
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(2);
  expect(collections).toBeLessThanOrEqual(3);
  const before = collections;
  await ask(url, '/metrics');
  expect(collections).toBe(before + 1);
});

it('who comes after a collection gets a new one', async () => {
  let collections = 0;
  const scraper = new Scraper(() => {
    collections += 1;
    return soon(collected);
  }, 1000);
  const [first, second] = [scraper.page('text'), scraper.page('text')];
  expect(await first).toBe(await second);
  await scraper.page('text');
  expect(collections).toBe(2);
});

it('a collection that hangs is given up after its deadline, and the next one is tried', async () => {
  let collections = 0;
  const scraper = new Scraper(() => {
    collections += 1;
    return collections === 1 ? new Promise(() => {}) : soon(collected);
  }, 100);
  await expect(scraper.page('text')).rejects.toThrow('the collection of metrics took longer than 0.1 s');
  expect(String(await scraper.page('text'))).toContain('monitor_errors_total');
});

it('a collection that fails fails for all who wait for it, and for nobody else', async () => {
  let collections = 0;
  const scraper = new Scraper(async () => {
    collections += 1;
    if (collections === 1) throw new Error('no');
    return collected;
  }, 1000);
  const both = await Promise.allSettled([scraper.page('text'), scraper.page('openmetrics')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await scraper.page('text')).byteLength).toBeGreaterThan(100);
});

it('a page of 5,000 histogram series leaves room for other work, and its cost is counted', async () => {
  const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
  const value = {
    buckets: { boundaries, counts: boundaries.map(() => 1).concat(1) },
    count: 15,
    sum: 15,
    min: 1,
    max: 1,
  };
  const dataPoints = Array.from({ length: 5000 }, (_, index) => ({
    startTime: [0, 0],
    endTime: [0, 0],
    attributes: { 'monitor.operation.name': `operation ${index}` },
    value,
  }));
  const metric = {
    descriptor: { name: 'monitor.operation.duration', unit: 's', description: '', valueType: 1 },
    aggregationTemporality: 1,
    dataPointType: 0,
    dataPoints,
  };
  const scopeMetrics = [{ scope: { name: 'shop' }, metrics: [metric] }];
  const metrics = { resource: { attributes: {} }, scopeMetrics } as unknown as CollectedMetrics;

  let written = 0;
  let slices = 0;
  const cost = {
    time: <T>(work: () => T) => {
      slices += 1;
      return work();
    },
    bytesWritten: (bytes: number) => {
      written += bytes;
    },
  };
  const page = await new Scraper(async () => metrics, 5000, { cost }).page('text');
  expect(String(page).match(/_bucket\{/g)).toHaveLength(75_000);
  expect(written).toBe(page.byteLength);
  expect(slices).toBeGreaterThan(5);
});
