import { type HrTime, ValueType } from '@opentelemetry/api';
import type { DataPoint, Histogram, MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { ownCost } from '@otel-monitor/runtime';
import type { InstrumentKind } from '@otel-monitor/semconv';
import type { BucketExemplars } from './bucket-exemplars.js';
import { CUMULATIVE, POINT_EXPONENTIAL_HISTOGRAM, POINT_GAUGE, POINT_HISTOGRAM, POINT_SUM } from './metric-data.js';
import type { MetricStore } from './metric-store.js';
import type { Series, SeriesFamily } from './series.js';
import { hrTimeNow, isLater } from './start-time.js';

/**
 * A cumulative point of a histogram. The SDK's data have no place for exemplars: here they stand beside, where the
 * SDK's exporters do not look. They are the series' own: read them at once.
 */
export interface HistogramPoint extends DataPoint<Histogram> {
  readonly exemplars?: BucketExemplars;
}

/** The kinds as the SDK's descriptors have them: not in its types, but read by exporters and by `MetricDeltas`. */
const INSTRUMENT_TYPES: Readonly<Record<InstrumentKind, string>> = {
  counter: 'COUNTER',
  up_down_counter: 'UP_DOWN_COUNTER',
  histogram: 'HISTOGRAM',
  gauge: 'GAUGE',
  observable_counter: 'OBSERVABLE_COUNTER',
  observable_up_down_counter: 'OBSERVABLE_UP_DOWN_COUNTER',
};

/** A store, as far as it is read here: several that are shown as one are another. */
export type CollectedStore = Pick<MetricStore, 'observe' | 'scopes'>;

/** What the store holds now, as the SDK's data: cumulative, in one go, the same when it is repeated. Never throws. */
export function collectStore(store: CollectedStore): ScopeMetrics[] {
  return ownCost.time(() => readStore(store));
}

function readStore(store: CollectedStore): ScopeMetrics[] {
  store.observe();
  const now = hrTimeNow();
  const result: ScopeMetrics[] = [];
  for (const { scope, all } of store.scopes) {
    const metrics: MetricData[] = [];
    for (const instrument of all) {
      const touched = instrument.all.filter((series) => series.touched);
      if (touched.length > 0) metrics.push(metricData(instrument, touched, now));
    }
    if (metrics.length > 0) result.push({ scope: { name: scope.name, version: scope.version }, metrics });
  }
  return result;
}

/** Some series of one metric as the SDK's data. */
export function metricData(family: SeriesFamily, series: readonly Series[], now: HrTime): MetricData {
  const { name, unit, description, kind } = family.definition;
  const base = {
    descriptor: { name, unit, description, type: INSTRUMENT_TYPES[kind], valueType: ValueType.DOUBLE },
    aggregationTemporality: CUMULATIVE,
    dataPoints: series.map((each) => dataPoint(each, now)),
  };
  if (kind === 'gauge') return { ...base, dataPointType: POINT_GAUGE } as MetricData;
  if (kind === 'histogram') {
    return {
      ...base,
      dataPointType: family.isExponential ? POINT_EXPONENTIAL_HISTOGRAM : POINT_HISTOGRAM,
    } as MetricData;
  }
  const isMonotonic = kind === 'counter' || kind === 'observable_counter';
  return { ...base, dataPointType: POINT_SUM, isMonotonic } as MetricData;
}

function dataPoint(series: Series, now: HrTime): DataPoint<unknown> {
  const { startTime, attributes } = series;
  // a series may have begun in this very millisecond
  const endTime = isLater(startTime, now) ? startTime : now;
  const point = { startTime, endTime, attributes, value: series.pointValue() };
  const { exemplars } = series;
  return exemplars === undefined ? point : ({ ...point, exemplars } as HistogramPoint);
}
