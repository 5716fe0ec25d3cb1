import { processWide, type Scope } from '@otel-monitor/runtime';
import { ATTR_METRIC_NAME, SERIES_OVERFLOW } from '@otel-monitor/semconv';
import { ApiMirror } from './api-mirror.js';
import type { InstrumentOwner } from './bound-instrument.js';
import { ScopedInstruments } from './scoped-instruments.js';
import type { Mirror, Series } from './series.js';
import type { SumSeries } from './sum-series.js';

/** Scope of the metrics that the store keeps about itself. */
const STORE_SCOPE: Scope = { name: '@otel-monitor/bound-metrics' };
const MAX_SCOPES = 100;
const DEFAULT_SERIES_PER_METRIC = 2000;

/** All bound series of the process. */
export class MetricStore implements InstrumentOwner {
  /** Most series of one metric, for the process's life; default 2000. Lowering it later does not remove series. */
  seriesPerMetric = DEFAULT_SERIES_PER_METRIC;
  /** Whether histograms keep the last exemplar of each bucket; default true. */
  exemplars = true;
  /**
   * Measurements that were dropped: not a number, infinite, negative on a counter or histogram, on a handle that was
   * given up, or on an instrument without a valid name.
   */
  rejectedMeasurements = 0;
  /** Instruments whose measurements are rejected, all of them, for those that have no valid name. */
  readonly unseen: ScopedInstruments = new ScopedInstruments(STORE_SCOPE, {
    seriesPerMetric: 0,
    exemplars: false,
    mirror: undefined,
    rejected: () => this.rejected(),
    overflowed: () => this.rejected(),
    unbound: () => {},
  });

  readonly #scopes = new Map<string, ScopedInstruments>();
  readonly #beforeCollect = new Set<() => void>();
  readonly #overflow = new Map<string, SumSeries>();
  readonly #unbound = new Set<(series: Series) => void>();
  readonly #apiMirror: ApiMirror = new ApiMirror(this);
  #overflowing = false;
  #isUnmirrored = false;
  #producers = 0;

  /** The instruments of a scope; asking twice gives the same ones. Never throws. */
  scope(scope: Scope): ScopedInstruments {
    const key = `${scope.name}\n${scope.version ?? ''}`;
    let known = this.#scopes.get(key);
    if (known === undefined) {
      known = new ScopedInstruments(scope, this);
      if (this.#scopes.size < MAX_SCOPES) this.#scopes.set(key, known);
      else this.rejected();
    }
    return known;
  }

  get scopes(): Iterable<ScopedInstruments> {
    return this.#scopes.values();
  }

  /** Runs `callback`, which must be synchronous and quick, before each collection; returns the way to take it back. */
  beforeCollect(callback: () => void): () => void {
    this.#beforeCollect.add(callback);
    return () => void this.#beforeCollect.delete(callback);
  }

  /** Lets observed values be set anew. A callback that throws loses its own values only. */
  observe(): void {
    for (const callback of this.#beforeCollect) {
      try {
        callback();
      } catch {
        this.rejected();
      }
    }
  }

  rejected(): void {
    this.rejectedMeasurements += 1;
  }

  overflowed(metricName: string): void {
    if (this.#overflowing) return;
    // the counter of overflows has few series, yet a low cap may make it overflow itself
    this.#overflowing = true;
    let series = this.#overflow.get(metricName);
    if (series === undefined) {
      series = this.scope(STORE_SCOPE)
        .sum(SERIES_OVERFLOW)
        .bind({ [ATTR_METRIC_NAME]: metricName });
      this.#overflow.set(metricName, series);
    }
    series.add(1);
    this.#overflowing = false;
  }

  unbound(series: Series): void {
    for (const callback of this.#unbound) callback(series);
  }

  /** Runs `callback` with each series that is given up, while its last values can be read; returns the way to take it back. */
  onUnbind(callback: (series: Series) => void): () => void {
    this.#unbound.add(callback);
    return () => void this.#unbound.delete(callback);
  }

  /** A reader takes the series itself from now on, until the end that is returned. */
  produced(): () => void {
    this.#producers += 1;
    let ended = false;
    return () => {
      if (!ended) this.#producers -= 1;
      ended = true;
    };
  }

  /** Whom measurements are handed on to while no reader takes the series: otherwise they would be exported twice. */
  get mirror(): Mirror | undefined {
    return this.#producers > 0 || this.#isUnmirrored ? undefined : this.#apiMirror;
  }

  /** What `record` records stays here: whoever is registered has it from somebody else. `record` must be synchronous. */
  unmirrored(record: () => void): void {
    this.#isUnmirrored = true;
    try {
      record();
    } finally {
      this.#isUnmirrored = false;
    }
  }

  /** About what all series hold, in bytes. */
  get memoryBytes(): number {
    let bytes = 0;
    for (const instruments of this.#scopes.values()) {
      for (const instrument of instruments.all) bytes += instrument.memoryBytes;
    }
    return bytes;
  }

  /** Gives every series up: all handles there are record nothing any more and must be bound anew. */
  clear(): void {
    for (const instruments of this.#scopes.values()) for (const instrument of instruments.all) instrument.clear();
    this.#overflow.clear();
  }

  /** Forgets every measurement and keeps every handle good: for tests. */
  reset(): void {
    for (const instruments of this.#scopes.values()) {
      for (const instrument of instruments.all) for (const series of instrument.all) series.reset();
    }
    this.rejectedMeasurements = 0;
  }
}

/** The one store of the process. */
export const metricStore: MetricStore = processWide('metric-store', () => new MetricStore());
