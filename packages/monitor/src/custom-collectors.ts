import { type BoundValue, metricStore, type ScopedInstruments, type ValueSeries } from '@otel-monitor/bound-metrics';
import { cleanName, redactKey, report, type Scope } from '@otel-monitor/runtime';
import { ATTR_COLLECTOR_NAME, CUSTOM_METRIC_PREFIX } from '@otel-monitor/semconv';

/** Gives the present values by key; read before each collection. Values that are no finite numbers are left out. */
export type Collector = () => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;

const MAX_COLLECTORS = 100;
const MAX_KEYS = 100;
/** What an instrument's name may hold (specification, Metrics API, "Instrument name syntax"). */
const KEY = /^[A-Za-z0-9_.\-/]{1,200}$/;

/** Collectors of one scope: each value becomes the gauge `monitor.custom.<key>` of the collector's name. */
export class CustomCollectors {
  readonly #instruments: ScopedInstruments;
  readonly #collectors = new Map<string, RunningCollector>();

  constructor(scope: Scope) {
    this.#instruments = metricStore.scope(scope);
  }

  /** Adds a collector, in place of the one with the same name; gives the way to remove it. Never throws. */
  add(name: string, collector: Collector): () => void {
    const clean = cleanName(name);
    if (typeof collector !== 'function') {
      report('collector', `the collector ${clean} is not a function and was not added`);
      return () => {};
    }
    this.#collectors.get(clean)?.stop();
    if (!this.#collectors.has(clean) && this.#collectors.size >= MAX_COLLECTORS) {
      report('collector', `more than ${MAX_COLLECTORS} collectors: ${clean} was not added`);
      return () => {};
    }
    const running = new RunningCollector(clean, collector, this.#instruments);
    this.#collectors.set(clean, running);
    return () => {
      running.stop();
      if (this.#collectors.get(clean) === running) this.#collectors.delete(clean);
    };
  }
}

class RunningCollector {
  readonly #series = new Map<string, ValueSeries>();
  readonly #stopHook: () => void;
  #isWaiting = false;
  #stopped = false;

  constructor(
    private readonly name: string,
    private readonly collector: Collector,
    private readonly instruments: ScopedInstruments,
  ) {
    this.#stopHook = metricStore.beforeCollect(() => this.#collect());
  }

  stop(): void {
    this.#stopped = true;
    this.#stopHook();
    for (const series of this.#series.values()) series.reset();
  }

  /** A collection never waits: what an asynchronous collector gives is shown from the next collection on. */
  #collect(): void {
    if (this.#isWaiting) return;
    try {
      const values = this.collector();
      if (values instanceof Promise) {
        this.#isWaiting = true;
        values
          .then((settled) => this.#set(settled))
          .catch(() => this.#failed())
          .finally(() => {
            this.#isWaiting = false;
          });
      } else {
        this.#set(values);
      }
    } catch {
      this.#failed();
    }
  }

  #set(values: unknown): void {
    if (this.#stopped || typeof values !== 'object' || values === null) return;
    const present = new Set<string>();
    let count = 0;
    for (const key in values) {
      count += 1;
      if (count > MAX_KEYS) break;
      const value = (values as Record<string, unknown>)[key];
      if (typeof value !== 'number' || !Number.isFinite(value) || !isUsable(key)) continue;
      present.add(key);
      this.#seriesOf(key).set(value);
    }
    // a value that is not given any more must not stand for ever
    for (const [key, series] of this.#series) if (!present.has(key)) series.reset();
  }

  #seriesOf(key: string): ValueSeries {
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#gauge(key).bind({ [ATTR_COLLECTOR_NAME]: this.name });
      if (this.#series.size < MAX_KEYS) this.#series.set(key, series);
    }
    return series;
  }

  #gauge(key: string): BoundValue {
    return this.instruments.value({
      name: `${CUSTOM_METRIC_PREFIX}${key}`,
      kind: 'gauge',
      unit: '',
      description: 'A value of a custom collector of the application.',
      attributes: [ATTR_COLLECTOR_NAME],
    });
  }

  #failed(): void {
    for (const series of this.#series.values()) series.reset();
    report('collector', `the collector ${this.name} failed; its values are left out`);
  }
}

/** A key that is a secret is no name of a metric: one with a replacement in it would not be allowed either. */
function isUsable(key: string): boolean {
  return KEY.test(key) && redactKey(key) === key;
}
