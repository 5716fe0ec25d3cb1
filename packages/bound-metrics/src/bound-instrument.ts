import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { Scope } from '@otel-monitor/runtime';
import { ATTR_METRIC_OVERFLOW, type MetricDefinition } from '@otel-monitor/semconv';
import type { Series, SeriesFamily, SeriesOwner } from './series.js';

const MAX_VALUE_LENGTH = 256;
const MAX_ATTRIBUTES = 32;

type NewSeries<S extends Series> = new (family: SeriesFamily, attributes: Attributes, isOverflow: boolean) => S;

/** What an instrument asks of the store it belongs to. */
export interface InstrumentOwner extends SeriesOwner {
  /** Most series of one metric in the life of the process, the overflow series not counted. */
  readonly seriesPerMetric: number;
}

/** An instrument whose series are bound once and then recorded on through their handles. */
export class BoundInstrument<S extends Series> implements SeriesFamily {
  readonly nonNegative: boolean;
  readonly #series = new Map<string, S>();
  #overflow: S | undefined;

  constructor(
    readonly owner: InstrumentOwner,
    readonly scope: Scope,
    readonly definition: MetricDefinition,
    private readonly newSeries: NewSeries<S>,
  ) {
    const { kind } = definition;
    this.nonNegative = kind === 'counter' || kind === 'observable_counter' || kind === 'histogram';
  }

  /**
   * The handle of the series with these attributes; equal attributes in any order give the same handle. Beyond the
   * cap it is the overflow series, whose only attribute is `otel.metric.overflow`. Never throws. Keep the handle: to
   * bind sorts and joins the attributes, to record on the handle does not.
   */
  bind(attributes: Attributes = {}): S {
    const clean = sanitise(attributes);
    const key = keyOf(clean);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (this.#series.size >= this.owner.seriesPerMetric) {
      this.#overflow ??= new this.newSeries(this, Object.freeze({ [ATTR_METRIC_OVERFLOW]: true }), true);
      return this.#overflow;
    }
    const series = new this.newSeries(this, Object.freeze(clean), false);
    this.#series.set(key, series);
    return series;
  }

  get all(): S[] {
    const series = [...this.#series.values()];
    if (this.#overflow !== undefined) series.push(this.#overflow);
    return series;
  }
}

function sanitise(attributes: Attributes): Attributes {
  const clean: Attributes = {};
  let count = 0;
  try {
    for (const key in attributes) {
      if (key === '' || key === '__proto__' || count >= MAX_ATTRIBUTES) continue;
      const value = scalar(attributes[key]);
      if (value === undefined) continue;
      clean[key] = value;
      count += 1;
    }
  } catch {
    // attributes that cannot be read are left out
  }
  return clean;
}

function scalar(value: unknown): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_VALUE_LENGTH ? value.slice(0, MAX_VALUE_LENGTH) : value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString().slice(0, MAX_VALUE_LENGTH);
    default:
      return undefined;
  }
}

function keyOf(attributes: Attributes): string {
  const keys = Object.keys(attributes).sort();
  return JSON.stringify(keys.map((key) => [key, attributes[key]]));
}
