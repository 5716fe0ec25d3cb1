import {
  createNoopMeter,
  type Gauge,
  type Histogram,
  type Meter,
  type MeterProvider,
  metrics,
  type UpDownCounter,
} from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import type { MetricDefinition } from '@otel-monitor/semconv';
import type { Mirror, Series, SeriesFamily } from './series.js';
import { ValueSeries } from './value-series.js';

/** What the mirror asks of the store behind it. */
export interface MirroredStore {
  /** Lets observed values be set anew. */
  observe(): void;
  /** Undefined while the measurements are not to be handed on. */
  readonly mirror: Mirror | undefined;
}

type ApiInstrument = Pick<UpDownCounter, 'add'> | Pick<Histogram, 'record'> | Pick<Gauge, 'record'>;

/**
 * Records what the store records a second time, on the instruments of whichever provider is registered with the API.
 * A meter taken before its provider was registered stays a no-op for ever, so instruments are made at the first
 * measurement and made anew when the provider changes.
 */
export class ApiMirror implements Mirror {
  #provider: MeterProvider | undefined;
  #isNoop = true;
  #instruments = new WeakMap<SeriesFamily, ApiInstrument>();
  #observed = new WeakSet<SeriesFamily>();

  constructor(private readonly store: MirroredStore) {}

  add(series: Series, value: number): void {
    if (!this.#hasProvider()) return;
    const instrument = this.#instrument(series.family) as Pick<UpDownCounter, 'add'> | undefined;
    try {
      instrument?.add(value, series.attributes);
    } catch {
      // a foreign instrument that throws must not reach the application
    }
  }

  record(series: Series, value: number): void {
    if (!this.#hasProvider()) return;
    const instrument = this.#instrument(series.family) as Pick<Histogram, 'record'> | undefined;
    try {
      instrument?.record(value, series.attributes);
    } catch {
      // as above
    }
  }

  observe(series: Series): void {
    const { family } = series;
    if (!this.#hasProvider() || this.#observed.has(family)) return;
    this.#observed.add(family);
    try {
      this.#observeFamily(family);
    } catch {
      // as above
    }
  }

  #hasProvider(): boolean {
    const provider = metrics.getMeterProvider();
    if (provider !== this.#provider) {
      this.#provider = provider;
      this.#isNoop = provider.getMeter('@otel-monitor/bound-metrics') === createNoopMeter();
      this.#instruments = new WeakMap();
      this.#observed = new WeakSet();
    }
    return !this.#isNoop;
  }

  #meter(family: SeriesFamily): Meter {
    return metrics.getMeter(family.scope.name, family.scope.version);
  }

  #instrument(family: SeriesFamily): ApiInstrument | undefined {
    let instrument = this.#instruments.get(family);
    if (instrument === undefined) {
      try {
        instrument = createInstrument(this.#meter(family), family.definition);
        this.#instruments.set(family, instrument);
      } catch {
        return undefined;
      }
    }
    return instrument;
  }

  #observeFamily(family: SeriesFamily): void {
    const { name, kind, unit, description } = family.definition;
    const meter = this.#meter(family);
    const options = { unit, description };
    const observable =
      kind === 'gauge'
        ? meter.createObservableGauge(name, options)
        : kind === 'observable_counter'
          ? meter.createObservableCounter(name, options)
          : meter.createObservableUpDownCounter(name, options);
    observable.addCallback((result) => {
      if (runtimeState.metrics === 'own' || this.store.mirror === undefined) return;
      this.store.observe();
      for (const one of family.all) {
        if (one instanceof ValueSeries && one.touched) result.observe(one.value, one.attributes);
      }
    });
  }
}

function createInstrument(meter: Meter, definition: MetricDefinition): ApiInstrument {
  const options = { unit: definition.unit, description: definition.description };
  switch (definition.kind) {
    case 'counter':
      return meter.createCounter(definition.name, options);
    case 'histogram':
      // without boundaries it is an exponential histogram, which the API has no word for: a View of the provider decides
      return meter.createHistogram(definition.name, {
        ...options,
        ...(definition.boundaries && { advice: { explicitBucketBoundaries: [...definition.boundaries] } }),
      });
    default:
      return meter.createUpDownCounter(definition.name, options);
  }
}
