import { report, type Scope } from '@otel-monitor/runtime';
import { DEFAULT_BOUNDARIES, type MetricDefinition, SECONDS_BOUNDARIES } from '@otel-monitor/semconv';
import type { BoundExponentialHistogram } from './bound-exponential-histogram.js';
import type { BoundHistogram } from './bound-histogram.js';
import type { BoundSum } from './bound-sum.js';
import type { ExponentialSize } from './exponential-series.js';
import { type MetricStore, metricStore } from './metric-store.js';
import type { ScopedInstruments } from './scoped-instruments.js';

/** What an instrument says about its values. */
export interface BoundInstrumentOptions {
  /** UCUM unit, as in `s`, `By`, `{request}`; default: none. */
  readonly unit?: string;
  /** One sentence, shown as HELP; default: none. */
  readonly description?: string;
}

export interface BoundHistogramOptions extends BoundInstrumentOptions {
  /**
   * Inclusive upper bounds of the buckets, in `unit`. Default: 0.005 to 10 for seconds, else the specification's
   * 0 to 10,000, which is made for milliseconds.
   */
  readonly boundaries?: readonly number[];
}

/** `maxSize`: most buckets, 2 to 2048, default 160. `maxScale`: the scale to begin with, -10 to 20, default 20. */
export interface BoundExponentialHistogramOptions extends BoundInstrumentOptions, Partial<ExponentialSize> {}

/** Metrics API, "Instrument name syntax". */
const NAME = /^[a-z][a-z0-9_./-]{0,254}$/i;
const MAX_UNIT = 63;
const MAX_DESCRIPTION = 1024;

/**
 * Makes instruments that are bound to their attributes, by name. The same name twice gives the same instrument, with
 * the unit, description and buckets that were said first. Never throws: an instrument without a valid name takes
 * measurements that nobody sees, which is reported on stderr.
 */
export class BoundMeter {
  constructor(
    private readonly instruments: ScopedInstruments,
    private readonly nameless: ScopedInstruments,
  ) {}

  /** A sum that only grows: `bind(attributes).add(value)`. */
  createCounter(name: string, options?: BoundInstrumentOptions): BoundSum {
    return this.#of(name).sum(definition('counter', name, options));
  }

  /** A sum that grows and shrinks. */
  createUpDownCounter(name: string, options?: BoundInstrumentOptions): BoundSum {
    return this.#of(name).sum(definition('up_down_counter', name, options));
  }

  /** A histogram with explicit buckets: `bind(attributes).record(value)`. */
  createHistogram(name: string, options: BoundHistogramOptions = {}): BoundHistogram {
    const said = definition('histogram', name, options);
    const boundaries = options?.boundaries ?? (said.unit === 's' ? SECONDS_BOUNDARIES : DEFAULT_BOUNDARIES);
    return this.#of(name).histogram({ ...said, boundaries });
  }

  /** A base-2 exponential histogram: buckets that fit themselves to the values. */
  createExponentialHistogram(name: string, options: BoundExponentialHistogramOptions = {}): BoundExponentialHistogram {
    return this.#of(name).exponentialHistogram(definition('histogram', name, options), options ?? {});
  }

  #of(name: string): ScopedInstruments {
    if (typeof name === 'string' && NAME.test(name)) return this.instruments;
    const shown = typeof name === 'string' ? JSON.stringify(name.slice(0, 80)) : `a ${typeof name}`;
    report('instrument-name', `${shown} is no name for a metric: nobody sees what is recorded on it`);
    return this.nameless;
  }
}

/**
 * The instruments of an instrumentation scope: the name and version of the library or application that measures.
 *
 * @param store default: the one store of the process
 */
export function boundMeter(scope: Scope, store: MetricStore = metricStore): BoundMeter {
  const { name, version } = scope ?? {};
  const known = {
    name: text(name, MAX_DESCRIPTION),
    ...(version !== undefined && { version: text(version, MAX_DESCRIPTION) }),
  };
  return new BoundMeter(store.scope(known), store.unseen);
}

function definition(
  kind: MetricDefinition['kind'],
  name: string,
  options: BoundInstrumentOptions | undefined,
): MetricDefinition {
  const { unit, description } = options ?? {};
  const known = typeof name === 'string' ? name : '';
  return {
    name: known,
    kind,
    unit: text(unit, MAX_UNIT),
    description: text(description, MAX_DESCRIPTION),
    attributes: [],
  };
}

function text(given: unknown, limit: number): string {
  return typeof given === 'string' ? given.slice(0, limit) : '';
}
