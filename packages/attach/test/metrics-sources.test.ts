import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { metricStore } from '@otel-monitor/bound-metrics';
import { Workers } from '@otel-monitor/cluster';
import { expect, it } from 'vitest';
import { collectSdk, metricsSources } from '../src/metrics-sources.js';
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
  const sources = metricsSources({ metrics: { ...pipeline, collectSdk: async () => sdk } }, {}, new Workers());
  expect([...sources.boundSeries!.scopes]).toEqual([...metricStore.scopes]);
  expect(await sources.metrics?.()).toBe(sdk);
  expect(await observations(() => sources.metrics?.())).toBe(1);
});

it('a reader that cannot leave the bound series out is shown as it is, and no series twice', async () => {
  const sources = metricsSources({ metrics: pipeline }, {}, new Workers());
  expect(sources.boundSeries).toBeUndefined();
  expect(await sources.metrics?.()).toBe(all);
});

it('without a reader the page has the bound series under our resource', async () => {
  const sources = metricsSources({}, { 'service.name': 'shop' }, new Workers());
  expect([...sources.boundSeries!.scopes]).toEqual([...metricStore.scopes]);
  expect(await sources.metrics?.()).toEqual({
    resource: { attributes: { 'service.name': 'shop' } },
    scopeMetrics: [],
  });
  expect(await observations(() => sources.metrics?.())).toBe(1);
});

it('where there are workers the SDK’s instruments are in the sums, and the page is these alone', async () => {
  const point = { startTime: [1, 0], endTime: [1, 0], attributes: {}, value: 4 };
  const descriptor = { name: 'lib.requests', unit: '1', description: '' };
  const metric = { descriptor, dataPointType: 3, isMonotonic: true, aggregationTemporality: 1, dataPoints: [point] };
  const scopeMetrics = [{ scope: { name: 'lib' }, metrics: [metric] }] as unknown as ResourceMetrics['scopeMetrics'];
  const pipelines = { metrics: { ...pipeline, collectSdk: async () => ({ ...sdk, scopeMetrics }) } };
  const workers = new Workers({ deadlineMillis: 1, collectSdk: () => collectSdk(pipelines) });
  workers.heard({ send: () => {} }, { kind: 'hello', id: '1', session: '' });
  const sources = metricsSources(pipelines, { 'service.name': 'shop' }, workers);
  expect(await sources.metrics?.()).toEqual({ resource: { attributes: { 'service.name': 'shop' } }, scopeMetrics: [] });
  const scopes = [...sources.boundSeries!.scopes].filter(({ scope }) => scope.name === 'lib');
  expect(scopes.flatMap(({ all }) => [...all]).flatMap(({ all }) => all.map((series) => series.pointValue()))).toEqual([
    4,
  ]);
});
