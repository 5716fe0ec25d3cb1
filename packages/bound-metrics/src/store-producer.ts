import { type HrTime, ValueType } from '@opentelemetry/api';
import type {
  CollectionResult,
  DataPoint,
  Histogram,
  MetricData,
  MetricProducer,
  ResourceMetrics,
  ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { ownCost } from '@otel-monitor/runtime';
import type { BoundInstrument } from './bound-instrument.js';
import type { BucketExemplars } from './bucket-exemplars.js';
import type { HistogramSeries } from './histogram-series.js';
import type { MetricStore } from './metric-store.js';
import { hrTimeNow, type Series } from './series.js';
import type { SumSeries } from './sum-series.js';
import type { ValueSeries } from './value-series.js';

/** The values of the SDK's enums, whose module must not be loaded by those who have no SDK. */
const CUMULATIVE = 1;
const POINT_HISTOGRAM = 0;
const POINT_GAUGE = 2;
const POINT_SUM = 3;

/**
 * Gives a store's series to any metric reader of SDK 2 or 3 (specification, Metrics SDK, "MetricProducer").
 * Cumulative, idempotent and total: it can serve any number of readers, and never waits.
 */
export class StoreProducer implements MetricProducer {
  constructor(private readonly store: MetricStore) {}

  collect(): Promise<CollectionResult> {
    const resourceMetrics = { resource: undefined, scopeMetrics: collectStore(this.store) };
    // readers put the SDK's own resource in its place
    return Promise.resolve({ resourceMetrics: resourceMetrics as unknown as ResourceMetrics, errors: [] });
  }
}

/**
 * A cumulative point of a histogram. The SDK's data have no place for exemplars: here they stand beside, where the
 * SDK's exporters do not look. They are the series' own: read them at once.
 */
export interface HistogramPoint extends DataPoint<Histogram> {
  readonly exemplars?: BucketExemplars;
}

/** What the store holds now, as the SDK's data. */
export function collectStore(store: MetricStore): ScopeMetrics[] {
  return ownCost.time(() => readStore(store));
}

function readStore(store: MetricStore): ScopeMetrics[] {
  store.observe();
  const now = hrTimeNow();
  const result: ScopeMetrics[] = [];
  for (const { scope, all } of store.scopes) {
    const metrics: MetricData[] = [];
    for (const instrument of all) {
      const data = metricData(instrument, now);
      if (data !== undefined) metrics.push(data);
    }
    if (metrics.length > 0) result.push({ scope: { name: scope.name, version: scope.version }, metrics });
  }
  return result;
}

function metricData(instrument: BoundInstrument<Series>, now: HrTime): MetricData | undefined {
  const touched = instrument.all.filter((series) => series.touched);
  if (touched.length === 0) return undefined;
  const { name, unit, description, kind } = instrument.definition;
  const base = {
    descriptor: { name, unit, description, valueType: ValueType.DOUBLE },
    aggregationTemporality: CUMULATIVE,
  };
  if (kind === 'histogram') {
    const dataPoints = touched.map((series) => histogramPoint(series as HistogramSeries, now));
    return { ...base, dataPointType: POINT_HISTOGRAM, dataPoints } as MetricData;
  }
  const dataPoints = touched.map((series) => point(series, (series as SumSeries | ValueSeries).value, now));
  if (kind === 'gauge') return { ...base, dataPointType: POINT_GAUGE, dataPoints } as MetricData;
  const isMonotonic = kind === 'counter' || kind === 'observable_counter';
  return { ...base, dataPointType: POINT_SUM, isMonotonic, dataPoints } as MetricData;
}

function point<T>(series: Series, value: T, endTime: HrTime): DataPoint<T> {
  return { startTime: series.startTime, endTime, attributes: series.attributes, value };
}

function histogramPoint(series: HistogramSeries, now: HrTime): HistogramPoint {
  const data: HistogramPoint = point(
    series,
    {
      buckets: { boundaries: [...series.boundaries], counts: Array.from(series.counts) },
      sum: series.sum,
      count: series.count,
      min: series.min,
      max: series.max,
    },
    now,
  );
  return series.exemplars === undefined ? data : { ...data, exemplars: series.exemplars };
}
