import type { ExponentialHistogram, Histogram, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';

/** Hand-made collections, as the SDK would give them. Loose on purpose: tests also pass what no SDK would. */
export type Point = readonly [attributes: unknown, value: unknown];

interface MetricOptions {
  unit?: string;
  description?: string;
  delta?: boolean;
}

const startTime = [1_700_000_000, 0];

function metric(name: string, points: readonly Point[], options: MetricOptions, kind: object): MetricData {
  const { unit = '', description = `About ${name}.`, delta = false } = options;
  // the Collector lets go of what is older than five minutes
  const endTime = [Math.floor(Date.now() / 1000), 0];
  return {
    descriptor: { name, unit, description, valueType: 1 },
    aggregationTemporality: delta ? 0 : 1,
    dataPoints: points.map(([attributes, value]) => ({ startTime, endTime, attributes, value })),
    ...kind,
  } as unknown as MetricData;
}

export const counter = (name: string, points: readonly Point[], options: MetricOptions = {}) =>
  metric(name, points, options, { dataPointType: 3, isMonotonic: true });
export const upDownCounter = (name: string, points: readonly Point[], options: MetricOptions = {}) =>
  metric(name, points, options, { dataPointType: 3, isMonotonic: false });
export const gauge = (name: string, points: readonly Point[], options: MetricOptions = {}) =>
  metric(name, points, options, { dataPointType: 2 });
export const histogram = (name: string, points: readonly Point[], options: MetricOptions = {}) =>
  metric(name, points, options, { dataPointType: 0 });
export const exponentialHistogram = (name: string, points: readonly Point[], options: MetricOptions = {}) =>
  metric(name, points, options, { dataPointType: 1 });

export const buckets = (boundaries: number[], counts: number[], sum?: number): Histogram => ({
  buckets: { boundaries, counts },
  sum,
  count: counts.reduce((all, count) => all + count, 0),
});

export const exponential = (given: Partial<ExponentialHistogram>): ExponentialHistogram => ({
  count: 0,
  sum: 0,
  scale: 0,
  zeroCount: 0,
  positive: { offset: 0, bucketCounts: [] },
  negative: { offset: 0, bucketCounts: [] },
  ...given,
});

export interface ScopeGiven {
  name?: string;
  version?: string;
  schemaUrl?: string;
  attributes?: unknown;
}

export function scope(metrics: readonly MetricData[], given: ScopeGiven = { name: 'test', version: '1' }) {
  return { scope: given, metrics };
}

export function collection(scopes: readonly ReturnType<typeof scope>[], attributes: unknown = {}): ResourceMetrics {
  return { resource: { attributes }, scopeMetrics: scopes } as unknown as ResourceMetrics;
}
