import type { Attributes } from '@opentelemetry/api';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { metricStore } from '@otel-monitor/bound-metrics';
import { ownCost } from '@otel-monitor/runtime';
import type { ServerSources } from '@otel-monitor/server';
import type { Pipelines } from './pipelines.js';

/**
 * What the page of metrics is made of: the SDK's instruments where the reader is ours, and the bound series, which are read
 * while the page is written.
 */
export function metricsSources(
  { metrics }: Pipelines,
  attributes: Attributes,
): Pick<ServerSources, 'metrics' | 'boundSeries'> {
  if (metrics !== undefined && metrics.collectSdk === undefined) return { metrics: () => metrics.collect() };
  const resource = { attributes } as ResourceMetrics['resource'];
  return {
    metrics: async () => {
      ownCost.time(() => metricStore.observe());
      return (await metrics?.collectSdk?.()) ?? { resource, scopeMetrics: [] };
    },
    boundSeries: metricStore,
  };
}
