import type {
  Attributes,
  Counter,
  Histogram,
  Meter,
  MeterOptions,
  MeterProvider,
  MetricOptions,
  UpDownCounter,
} from '@opentelemetry/api';
import { metricStore, type ScopedInstruments } from '@otel-monitor/bound-metrics';
import { DEFAULT_BOUNDARIES, type InstrumentKind, type MetricDefinition } from '@otel-monitor/semconv';

/** Combinations of attributes that are kept of one instrument; self-metrics have a handful. */
const MAX_KEPT = 200;

/**
 * A meter provider for the SDK's metrics about itself. The SDK counts every span three times, and each count on an
 * instrument of the SDK costs as much as a third of the span; here it is recorded in the bound store, whose series the
 * same reader collects. Observable instruments, which cost nothing until they are read, are those of `provider`.
 */
export function boundMeterProvider(provider: MeterProvider): MeterProvider {
  return {
    getMeter: (name: string, version?: string, options?: MeterOptions) =>
      boundMeter(metricStore.scope({ name, version }), provider.getMeter(name, version, options)),
  };
}

function boundMeter(instruments: ScopedInstruments, meter: Meter): Meter {
  const sum = (kind: 'counter' | 'up_down_counter', name: string, options?: MetricOptions) => {
    const bound = instruments.sum(definition(kind, name, options));
    const series = keptBy((attributes) => bound.bind(attributes));
    return {
      add: (value: number, attributes?: Attributes) => series(attributes).add(value),
      bind: (attributes: Attributes) => bound.bind(attributes),
    };
  };
  return {
    createCounter: (name: string, options?: MetricOptions) => sum('counter', name, options) as Counter,
    createUpDownCounter: (name: string, options?: MetricOptions) =>
      sum('up_down_counter', name, options) as UpDownCounter,
    createHistogram: (name: string, options?: MetricOptions) => {
      const bound = instruments.histogram(definition('histogram', name, options));
      const series = keptBy((attributes) => bound.bind(attributes));
      return { record: (value, attributes) => series(attributes).record(value) } as Histogram;
    },
    createGauge: (name, options) => meter.createGauge(name, options),
    createObservableGauge: (name, options) => meter.createObservableGauge(name, options),
    createObservableCounter: (name, options) => meter.createObservableCounter(name, options),
    createObservableUpDownCounter: (name, options) => meter.createObservableUpDownCounter(name, options),
    addBatchObservableCallback: (callback, observables) => meter.addBatchObservableCallback(callback, observables),
    removeBatchObservableCallback: (callback, observables) =>
      meter.removeBatchObservableCallback(callback, observables),
  };
}

function definition(kind: InstrumentKind, name: string, options: MetricOptions = {}): MetricDefinition {
  const { unit = '', description = '', advice } = options;
  const boundaries = kind === 'histogram' ? (advice?.explicitBucketBoundaries ?? DEFAULT_BOUNDARIES) : undefined;
  return { name, kind, unit, description, attributes: [], ...(boundaries && { boundaries }) };
}

/** Finds the series of attributes that are made anew for each call, in the same order, without sorting them. */
function keptBy<S>(bind: (attributes: Attributes) => S): (attributes?: Attributes) => S {
  const kept = new Map<string, S>();
  return (attributes = {}) => {
    let key = '';
    for (const name in attributes) key += `${name}\n${attributes[name]}\n`;
    let series = kept.get(key);
    if (series === undefined) {
      series = bind(attributes);
      if (kept.size < MAX_KEPT) kept.set(key, series);
    }
    return series;
  };
}
