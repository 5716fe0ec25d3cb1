import type { Attributes } from '@opentelemetry/api';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { metricStore } from '@otel-monitor/bound-metrics';
import type { Workers } from '@otel-monitor/cluster';
import { ownCost } from '@otel-monitor/runtime';
import type { ServerSources } from '@otel-monitor/server';
import type { Pipelines } from './pipelines.js';

/**
 * What the page of metrics is made of: the SDK's instruments where the reader is ours, and the bound series, which are read
 * while the page is written. Where there are workers all of it is in the sums over them.
 */
export function metricsSources(
  { metrics }: Pipelines,
  attributes: Attributes,
  workers: Workers,
): Pick<ServerSources, 'metrics' | 'boundSeries'> {
  const resource = { attributes } as ResourceMetrics['resource'];
  // whoever built that reader has the bound series in it, and the page is what it gives
  if (metrics !== undefined && metrics.collectSdk === undefined) return { metrics: () => metrics.collect() };
  const alone = async () => {
    ownCost.time(() => metricStore.observe());
    return (await metrics?.collectSdk?.()) ?? { resource, scopeMetrics: [] };
  };
  return {
    metrics: async () => {
      if (!workers.areThere) return alone();
      await workers.collect();
      return { resource, scopeMetrics: [] };
    },
    boundSeries: workers,
  };
}

/** What the SDK's reader collects beside the bound series; nothing where it is not ours. */
export async function collectSdk({ metrics }: Pipelines): Promise<ResourceMetrics['scopeMetrics']> {
  return (await metrics?.collectSdk?.())?.scopeMetrics ?? [];
}
