import type { Attributes } from '@opentelemetry/api';
import type { Histogram, MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics';

/** A point of a counter, up-down counter or gauge. */
export interface NumberPoint {
  attributes: Attributes;
  value: number;
}

/** A point of a histogram. */
export interface HistogramPoint {
  attributes: Attributes;
  count: number;
  sum: number;
  min?: number;
  max?: number;
  /** Measurements a bucket, by the bucket's upper bound; empty buckets are left out. */
  buckets: Record<string, number>;
}

export type MetricPoint = NumberPoint | HistogramPoint;

/** The points of every metric of this name, of all scopes. */
export function pointsOf(collected: readonly ScopeMetrics[], name: string): MetricPoint[] {
  return collected
    .flatMap((scope) => scope.metrics)
    .filter((metric) => metric.descriptor.name === name)
    .flatMap(points);
}

function points(metric: MetricData): MetricPoint[] {
  return metric.dataPoints.map(({ attributes, value }) =>
    typeof value === 'number'
      ? { attributes: { ...attributes }, value }
      : histogramPoint({ ...attributes }, value as Histogram),
  );
}

function histogramPoint(attributes: Attributes, { count, sum, min, max, buckets }: Histogram): HistogramPoint {
  const filled: Record<string, number> = {};
  // exponential histograms have no explicit buckets to show
  buckets?.counts?.forEach((measurements, index) => {
    if (measurements > 0) filled[String(buckets.boundaries[index] ?? '+Inf')] = measurements;
  });
  return { attributes, count, sum: sum ?? Number.NaN, min, max, buckets: filled };
}
