import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { metricStore } from '@otel-monitor/bound-metrics';
import { expect, it } from 'vitest';
import { metricsSources } from '../src/metrics-sources.js';
import type { MetricPipeline } from '../src/pipelines.js';

const sdk = { resource: { attributes: { from: 'the SDK' } }, scopeMetrics: [] } as unknown as ResourceMetrics;
const all = { ...sdk } as ResourceMetrics;
const pipeline = {
  forceFlush: async () => {},
  shutdown: async () => {},
  status: () => ({}),
  collect: async () => all,
} satisfies MetricPipeline;

/** How often observed values are set anew. */
async function observations(work: () => Promise<unknown> | undefined): Promise<number> {
  let count = 0;
  const stop = metricStore.beforeCollect(() => {
    count += 1;
  });
  await work();
  stop();
  return count;
}

it('the SDK’s instruments come from the reader, the bound series from the store, observed anew', async () => {
  const sources = metricsSources({ metrics: { ...pipeline, collectSdk: async () => sdk } }, {});
  expect(sources.boundSeries).toBe(metricStore);
  expect(await sources.metrics?.()).toBe(sdk);
  expect(await observations(() => sources.metrics?.())).toBe(1);
});

it('a reader that cannot leave the bound series out is shown as it is, and no series twice', async () => {
  const sources = metricsSources({ metrics: pipeline }, {});
  expect(sources.boundSeries).toBeUndefined();
  expect(await sources.metrics?.()).toBe(all);
});

it('without a reader the page has the bound series under our resource', async () => {
  const sources = metricsSources({}, { 'service.name': 'shop' });
  expect(sources.boundSeries).toBe(metricStore);
  expect(await sources.metrics?.()).toEqual({
    resource: { attributes: { 'service.name': 'shop' } },
    scopeMetrics: [],
  });
  expect(await observations(() => sources.metrics?.())).toBe(1);
});
