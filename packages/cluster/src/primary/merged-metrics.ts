import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { MetricStore, ScopedInstruments } from '@otel-monitor/bound-metrics';
import { report } from '@otel-monitor/runtime';
import { atOnce, inSlices } from '../wire/in-slices.js';
import { ChangedSeries } from '../worker/changed-series.js';
import { Contribution } from './contribution.js';
import { SummedSeries } from './summed-series.js';

/** The metrics of a process and its workers as one store: sums of all, and the gauges of each. */
export class MergedMetrics {
  readonly summed: SummedSeries;
  /** Series that were left out because their boundaries are not those of the others. */
  unmergeableSeries = 0;
  readonly #own: Contribution;
  readonly #ownChanges = new ChangedSeries();
  readonly #workers = new Set<Contribution>();

  constructor(private readonly store: MetricStore) {
    this.summed = new SummedSeries(store.seriesPerMetric);
    this.#own = this.#contribution(undefined);
  }

  /** What is shown; a store for whoever reads one. */
  *scopes(): Generator<ScopedInstruments, void, undefined> {
    yield* this.summed.store.scopes;
    yield* this.#own.gauges.scopes;
    for (const { gauges } of this.#workers) yield* gauges.scopes;
  }

  /** About what it holds, in bytes; what is remembered of each part is not in it. */
  get memoryBytes(): number {
    let bytes = this.summed.store.memoryBytes + this.#own.gauges.memoryBytes;
    for (const { gauges } of this.#workers) bytes += gauges.memoryBytes;
    return bytes;
  }

  join(workerId: string): Contribution {
    const contribution = this.#contribution(workerId);
    this.#workers.add(contribution);
    return contribution;
  }

  /** What it counted stays in the sums. */
  leave(contribution: Contribution): void {
    if (this.#workers.delete(contribution)) contribution.depart();
  }

  /** Takes in what this process itself has recorded since. */
  async takeOwn(sdk: readonly ScopeMetrics[]): Promise<void> {
    this.store.observe();
    await inSlices(this.#ownChanges.parts(this.store, sdk), (part) => this.#own.apply(part));
  }

  /** The same without the SDK's instruments, at once. */
  takeOwnNow(): void {
    this.store.observe();
    atOnce(this.#ownChanges.parts(this.store, undefined), (part) => this.#own.apply(part));
  }

  #contribution(workerId: string | undefined): Contribution {
    const unmergeable = (metric: string) => {
      this.unmergeableSeries += 1;
      report('cluster-boundaries', `${metric} has other boundaries in one process than in another: it is left out`);
    };
    return new Contribution({ summed: this.summed, unmergeable }, workerId);
  }
}
