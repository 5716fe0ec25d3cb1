export type { BoundInstrument } from './bound-instrument.js';
export type { HistogramSeries } from './histogram-series.js';
export { MetricStore, metricStore } from './metric-store.js';
export type { BoundHistogram, BoundSum, BoundValue, ScopedInstruments } from './scoped-instruments.js';
export type { Series } from './series.js';
export { collectStore, StoreProducer } from './store-producer.js';
export type { SumSeries } from './sum-series.js';
export type { ValueSeries } from './value-series.js';
