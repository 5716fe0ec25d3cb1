import type { Attributes } from '@opentelemetry/api';
import type { Scope } from '@otel-monitor/runtime';
import { ATTR_METRIC_OVERFLOW, type MetricDefinition } from '@otel-monitor/semconv';
import type { Series, SeriesFamily, SeriesOwner } from './series.js';
import { type CleanPair, cleanPairs, frozenAttributes, seriesKey } from './series-attributes.js';

/** What an instrument asks of the store it belongs to. */
export interface InstrumentOwner extends SeriesOwner {
  /** Most series of one metric in the life of the process, the overflow series not counted. */
  readonly seriesPerMetric: number;
  /** A series was given up; its last values can still be read. */
  unbound(series: Series): void;
}

/** A map's entry and a string's header. */
const KEY_BYTES = 60;
const OVERFLOW_PAIRS: readonly CleanPair[] = [[ATTR_METRIC_OVERFLOW, true]];

/** An instrument whose series are bound once and then recorded on through their handles. */
export abstract class BoundInstrument<S extends Series> implements SeriesFamily {
  readonly nonNegative: boolean;
  readonly isExponential: boolean = false;
  /** All series that there ever were: the key of one that was given up stays, for the cap is for life. */
  readonly #series = new Map<string, S | undefined>();
  #overflow: S | undefined;

  constructor(
    readonly owner: InstrumentOwner,
    readonly scope: Scope,
    readonly definition: MetricDefinition,
  ) {
    const { kind } = definition;
    this.nonNegative = kind === 'counter' || kind === 'observable_counter' || kind === 'histogram';
  }

  /**
   * The handle of the series with these attributes (specification, Metrics API, "Bind"); equal attributes in any order
   * give the same handle. Beyond the cap it is the overflow series, whose only attribute is `otel.metric.overflow`.
   * Never throws. Keep the handle: to bind sorts and joins the attributes, to record on the handle does not.
   */
  bind(attributes: Attributes = {}): S {
    const pairs = cleanPairs(attributes);
    const key = seriesKey(pairs);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (this.isFull && !this.#series.has(key)) return this.overflow;
    const series = this.newSeries(frozenAttributes(pairs), false);
    this.#series.set(key, series);
    return series;
  }

  /** The series that stands for all beyond the cap; for those who know that there is no room, without asking by `bind`. */
  get overflow(): S {
    this.#overflow ??= this.newSeries(frozenAttributes(OVERFLOW_PAIRS), true);
    return this.#overflow;
  }

  /** Whether no further series finds room: the cap is for the process's life, so that this stays. */
  get isFull(): boolean {
    return this.#series.size >= this.owner.seriesPerMetric;
  }

  /** The series that are bound, the overflow series last. */
  get all(): S[] {
    const bound: S[] = [];
    for (const series of this.#series.values()) if (series !== undefined) bound.push(series);
    if (this.#overflow !== undefined) bound.push(this.#overflow);
    return bound;
  }

  /** Different series in the life of the process, those that were given up included: what the cap is held against. */
  get seriesEver(): number {
    return this.#series.size;
  }

  /** About what it holds, in bytes, the keys of series that were given up included. */
  get memoryBytes(): number {
    let bytes = this.#overflow?.memoryBytes ?? 0;
    for (const [key, series] of this.#series) bytes += series?.memoryBytes ?? KEY_BYTES + key.length;
    return bytes;
  }

  /** Gives all series up but the overflow series, whose measurements are forgotten; see `unbind` of a handle. */
  clear(): void {
    for (const series of this.#series.values()) series?.unbind();
    this.#overflow?.reset();
  }

  /** See `unbind` of a handle, which is what calls it. */
  release(series: Series): void {
    const key = seriesKey(Object.entries(series.attributes) as CleanPair[]);
    if (this.#series.get(key) !== series) return;
    this.#series.set(key, undefined);
    this.owner.unbound(series);
  }

  protected abstract newSeries(attributes: Attributes, isOverflow: boolean): S;
}
