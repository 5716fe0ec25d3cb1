import { MetricStore, type Series } from '@otel-monitor/bound-metrics';

/** What becomes of a sum when one of its parts leaves. */
export type Leaving =
  /** Its process is gone, and what it counted stays. */
  | 'keep'
  /** Its part was taken out: the sum goes with the last part. */
  | 'forget'
  /** Its process gave the series up: the sum goes with the last part, unless a process that is gone has one in it. */
  | 'unbind';

interface Parts {
  present: number;
  hasDeparted: boolean;
}

/**
 * The sums over all processes. What the departed counted is in them for good: it takes no memory beside, and is held to
 * the cap on series of any store.
 */
export class SummedSeries {
  readonly store = new MetricStore();
  readonly #parts = new WeakMap<Series, Parts>();

  constructor(seriesPerMetric: number) {
    // nobody is told of these measurements a second time
    this.store.produced();
    this.store.seriesPerMetric = seriesPerMetric;
  }

  enter(series: Series): void {
    const parts = this.#parts.get(series);
    if (parts === undefined) this.#parts.set(series, { present: 1, hasDeparted: false });
    else parts.present += 1;
  }

  leave(series: Series, how: Leaving): void {
    const parts = this.#parts.get(series);
    if (parts === undefined) return;
    parts.present -= 1;
    if (how === 'keep') parts.hasDeparted = true;
    if (parts.present > 0 || parts.hasDeparted) return;
    if (how === 'forget') series.reset();
    else series.unbind();
  }
}
