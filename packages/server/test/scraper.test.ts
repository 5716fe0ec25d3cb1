import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as immediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createEndpoints } from '../src/index.js';
import { Scraper } from '../src/scraper.js';
import { ask } from './ask.js';
import { collected, histograms, madeSources } from './made-sources.js';

it('a hundred concurrent scrapes share one collection', async () => {
  let collections = 0;
  let arrived = 0;
  const metrics = async () => {
    collections += 1;
    // until all have come
    while (arrived < 100) await immediate();
    await immediate();
    return collected;
  };
  const { handler } = createEndpoints(madeSources({ metrics }));
  const server = createServer((request, response) => {
    arrived += 1;
    handler(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // half of them ask for OpenMetrics
  const asked = Array.from({ length: 100 }, (_, index) =>
    ask(url, '/metrics', index % 2 === 0 ? {} : { accept: 'application/openmetrics-text' }),
  );
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(2);
  expect(collections).toBe(1);
  await ask(url, '/metrics');
  expect(collections).toBe(2);
  server.close();
});

it('who comes after a collection gets a new one', async () => {
  let collections = 0;
  const scraper = new Scraper(async () => {
    collections += 1;
    return collected;
  }, 1000);
  const [first, second] = [scraper.collected(), scraper.collected()];
  expect(await first).toBe(await second);
  await scraper.collected();
  expect(collections).toBe(2);
});

it('a collection that hangs is given up after its deadline, and the next one is tried', async () => {
  let collections = 0;
  const scraper = new Scraper(() => {
    collections += 1;
    return collections === 1 ? new Promise(() => {}) : Promise.resolve(collected);
  }, 100);
  await expect(scraper.collected()).rejects.toThrow('the collection of metrics took longer than 0.1 s');
  expect(await scraper.collected()).toBe(collected);
});

it('a collection that fails fails for all who wait for it, and for nobody else', async () => {
  let collections = 0;
  const scraper = new Scraper(async () => {
    collections += 1;
    if (collections === 1) throw new Error('no');
    return collected;
  }, 1000);
  const both = await Promise.allSettled([scraper.collected(), scraper.collected()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await scraper.collected()).toBe(collected);
});

it('a page of 5,000 histogram series comes in many slices, and its cost is counted', () => {
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
  const metrics = histograms(5000);
  const page = new Scraper(async () => metrics, 5000, { cost }).page(metrics, 'text');
  const chunks: Buffer[] = [];
  for (let slice = page.next(); !slice.isLast; slice = page.next()) if (slice.chunk) chunks.push(slice.chunk);
  const text = Buffer.concat(chunks);
  expect(String(text).match(/_bucket\{/g)).toHaveLength(75_000);
  expect(written).toBe(text.byteLength);
  expect(slices).toBeGreaterThan(100);
});

it('what could not be shown is told once the page is written', () => {
  const told: string[][] = [];
  const scraped = (problems: readonly { reason: string }[]) => told.push(problems.map(({ reason }) => reason));
  const broken = { ...collected, scopeMetrics: [null] } as unknown as typeof collected;
  const scraper = new Scraper(async () => broken, 1000, { scraped });
  for (const metrics of [broken, collected]) {
    const page = scraper.page(metrics, 'text');
    while (!page.next().isLast);
  }
  expect(told).toEqual([['malformed'], []]);
});
