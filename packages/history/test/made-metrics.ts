import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { MetricDefinition } from '@otel-monitor/semconv';

type Attributes = Record<string, string | number | boolean>;

/** Collected data by hand: `sums`, `gauges` and `histograms` of one scope, begun at `startSeconds`. */
export function madeScope(
  metrics: { name: string; points: { attributes: Attributes; value: unknown }[] }[],
  startSeconds = 0,
): ScopeMetrics {
  return {
    scope: { name: 'made' },
    metrics: metrics.map(({ name, points }) => ({
      descriptor: { name, unit: '', description: '', valueType: 1 },
      aggregationTemporality: 1,
      dataPointType: 3,
      isMonotonic: true,
      dataPoints: points.map((point) => ({ ...point, startTime: [startSeconds, 0], endTime: [startSeconds, 0] })),
    })),
  } as unknown as ScopeMetrics;
}

/** Numbers of one metric. */
export function numbers({ name }: Pick<MetricDefinition, 'name'>, ...points: [Attributes, number][]) {
  return { name, points: points.map(([attributes, value]) => ({ attributes, value })) };
}

/** Histograms of one metric, made of the values that were recorded. */
export function histograms(
  { name, boundaries = [] }: Pick<MetricDefinition, 'name' | 'boundaries'>,
  ...points: [Attributes, number[]][]
) {
  return { name, points: points.map(([attributes, values]) => ({ attributes, value: histogram(boundaries, values) })) };
}

export function histogram(boundaries: readonly number[], values: readonly number[]) {
  const counts = Array.from({ length: boundaries.length + 1 }, () => 0);
  for (const value of values) {
    const found = boundaries.findIndex((boundary) => value <= boundary);
    counts[found === -1 ? boundaries.length : found]! += 1;
  }
  return {
    buckets: { boundaries: [...boundaries], counts },
    count: values.length,
    sum: values.reduce((all, one) => all + one, 0),
    min: Math.min(...values),
    max: Math.max(...values),
  };
}
