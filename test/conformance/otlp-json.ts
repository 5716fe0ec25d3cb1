import type { ExponentialHistogram, Histogram, MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';

/**
 * A collection as an OTLP/JSON export request. Written by hand because the JS exporter's own loses what this is about: NaN
 * and the infinities become null, and integers beyond 64 bits are refused by the Collector.
 */
export function otlpJson(collections: readonly ResourceMetrics[]): string {
  return JSON.stringify({
    resourceMetrics: collections.map(({ resource, scopeMetrics }) => ({
      resource: { attributes: keyValues(resource.attributes) },
      scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({
        scope: {
          name: scope.name,
          version: scope.version,
          attributes: keyValues((scope as { attributes?: object }).attributes ?? {}),
        },
        schemaUrl: scope.schemaUrl,
        metrics: metrics.map(otlpMetric),
      })),
    })),
  });
}

const otlpKinds = ['histogram', 'exponentialHistogram', 'gauge', 'sum'] as const;

function otlpMetric(data: MetricData) {
  const { name, description, unit } = data.descriptor;
  const body = {
    aggregationTemporality: data.dataPointType === 2 ? undefined : data.aggregationTemporality + 1,
    isMonotonic: 'isMonotonic' in data ? data.isMonotonic : undefined,
    dataPoints: data.dataPoints.map((point) => ({
      attributes: keyValues(point.attributes),
      startTimeUnixNano: `${point.startTime[0]}000000000`,
      timeUnixNano: `${point.endTime[0]}000000000`,
      ...otlpValue(point.value),
    })),
  };
  return { name, description, unit, [otlpKinds[data.dataPointType]]: body };
}

function otlpValue(value: number | Histogram | ExponentialHistogram): object {
  if (typeof value === 'number') return { asDouble: double(value) };
  const { count, sum } = value;
  const all = { count, sum: sum === undefined ? undefined : double(sum) };
  if (!('buckets' in value)) {
    const { scale, zeroCount, positive, negative } = value;
    return { ...all, scale, zeroCount, positive, negative };
  }
  return { ...all, explicitBounds: value.buckets.boundaries.map(double), bucketCounts: value.buckets.counts };
}

/** The names that protobuf's JSON has for what JSON has no number for. */
function double(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function keyValues(attributes: object) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: double(value) };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (typeof value === 'object' && value !== null) return { kvlistValue: { values: keyValues(value) } };
  return {};
}
