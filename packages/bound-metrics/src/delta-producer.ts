import type { CollectionResult, MetricProducer } from '@opentelemetry/sdk-metrics';
import { ownCost } from '@otel-monitor/runtime';
import { collectStore } from './collect-store.js';
import { type DeltaOptions, MetricDeltas } from './metric-deltas.js';
import type { MetricStore } from './metric-store.js';
import { collectionResult } from './store-producer.js';

/**
 * Gives a store's series as deltas to one metric reader: what was recorded since that reader's last collection. A
 * producer cannot see its reader (specification, Metrics SDK, "MetricProducer"), so each reader of deltas needs one of
 * its own, and a reader whose export fails loses that export's deltas, as it does with the SDK's instruments. Where
 * that matters, `MetricDeltas` has the two steps apart.
 */
export class DeltaProducer implements MetricProducer {
  readonly #deltas: MetricDeltas;
  readonly #end: () => void;

  constructor(
    private readonly store: MetricStore,
    options?: DeltaOptions,
  ) {
    this.#deltas = new MetricDeltas(store, options);
    this.#end = store.produced();
  }

  collect(): Promise<CollectionResult> {
    const { scopeMetrics, commit } = ownCost.time(() => this.#deltas.since(collectStore(this.store)));
    commit();
    return Promise.resolve(collectionResult(scopeMetrics));
  }

  /** For those who end their reader before the process ends. */
  close(): void {
    this.#deltas.close();
    this.#end();
  }
}
