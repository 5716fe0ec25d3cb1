import type { Attributes } from '@opentelemetry/api';
import { type CollectedStore, collectStore, type MetricStore } from '@otel-monitor/bound-metrics';
import { initialState, runtimeState } from '@otel-monitor/runtime';
import type { InstrumentKind } from '@otel-monitor/semconv';
import { afterEach, beforeEach } from 'vitest';

export const SCOPE = { name: 'shop', version: '1' };

const definition = (name: string, kind: InstrumentKind, more: object = {}) => ({
  ...{ name, kind, unit: '1', description: `${name}.`, attributes: [] },
  ...more,
});

const COUNTER = definition('counter', 'counter');
const UP_DOWN = definition('up_down', 'up_down_counter');
const OBSERVED = definition('observed', 'observable_up_down_counter');
const GAUGE = definition('gauge', 'gauge');
const HISTOGRAM = definition('histogram', 'histogram', { boundaries: [1, 10, 100] });
const EXPONENTIAL = definition('exponential', 'histogram');

export type Recording = 'counter' | 'up_down' | 'observed' | 'gauge' | 'histogram' | 'exponential';

/** The series of a kind of instrument in a store. */
export function seriesIn(store: MetricStore, kind: Recording, attributes: Attributes = {}) {
  const scope = store.scope(SCOPE);
  const series = {
    counter: () => scope.sum(COUNTER).bind(attributes),
    up_down: () => scope.sum(UP_DOWN).bind(attributes),
    observed: () => scope.value(OBSERVED).bind(attributes),
    gauge: () => scope.value(GAUGE).bind(attributes),
    histogram: () => scope.histogram(HISTOGRAM).bind(attributes),
    exponential: () => scope.exponentialHistogram(EXPONENTIAL).bind(attributes),
  };
  return series[kind]();
}

export function record(store: MetricStore, kind: Recording, value: number, attributes: Attributes = {}): void {
  const series = seriesIn(store, kind, attributes);
  if ('add' in series) series.add(value);
  else if ('set' in series) series.set(value);
  else series.record(value);
}

/** The values of a store by metric and attributes. */
export function valuesOf(store: CollectedStore): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { metrics } of collectStore(store)) {
    for (const { descriptor, dataPoints } of metrics) {
      for (const { attributes, value } of dataPoints) {
        const key = Object.entries(attributes)
          .map(([name, text]) => `${name}=${String(text)}`)
          .sort()
          .join();
        values[key === '' ? descriptor.name : `${descriptor.name}{${key}}`] = value;
      }
    }
  }
  return values;
}

/** Nothing that is recorded is handed on to a provider of the API. */
export function recordForStoresAlone(): void {
  beforeEach(() => void Object.assign(runtimeState, initialState(), { metrics: 'own' }));
  afterEach(() => void Object.assign(runtimeState, initialState()));
}
