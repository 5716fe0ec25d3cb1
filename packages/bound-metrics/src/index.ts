export type { SpanIds } from '@otel-monitor/runtime';
export { AttributeKeys } from './attribute-keys.js';
export type { BoundExponentialHistogram } from './bound-exponential-histogram.js';
export type { BoundHistogram } from './bound-histogram.js';
export type { BoundInstrument } from './bound-instrument.js';
export type {
  BoundExponentialHistogramOptions,
  BoundHistogramOptions,
  BoundInstrumentOptions,
  BoundMeter,
} from './bound-meter.js';
export { boundMeter } from './bound-meter.js';
export type { BoundSum } from './bound-sum.js';
export type { BoundValue } from './bound-value.js';
export type { BucketExemplars } from './bucket-exemplars.js';
export type { CollectedStore, HistogramPoint } from './collect-store.js';
export { collectStore } from './collect-store.js';
export { DeltaProducer } from './delta-producer.js';
export type { ExponentialHistogramSeries, ExponentialSize } from './exponential-series.js';
export type { HistogramSeries } from './histogram-series.js';
export type { Room } from './kept-combinations.js';
export { KeptCombinations } from './kept-combinations.js';
export type { DeltaOptions, Deltas } from './metric-deltas.js';
export { MetricDeltas } from './metric-deltas.js';
export { MetricStore, metricStore } from './metric-store.js';
export type { PointValue } from './point-difference.js';
export { difference } from './point-difference.js';
export type { ScopedInstruments } from './scoped-instruments.js';
export type { Series } from './series.js';
export { SeriesByErrorType } from './series-by-error-type.js';
export { spanIds } from './span-ids.js';
export { StoreProducer } from './store-producer.js';
export type { SumSeries } from './sum-series.js';
export type { ValueSeries } from './value-series.js';
