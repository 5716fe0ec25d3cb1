import type { CollectionResult, MetricProducer, ResourceMetrics, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { collectStore } from './collect-store.js';
import type { MetricStore } from './metric-store.js';

/**
 * Gives a store's series to any metric reader of SDK 2 or 3 (specification, Metrics SDK, "MetricProducer").
 * Cumulative, idempotent and total: it can serve any number of readers, and never waits. While there is one, the store
 * hands nothing on to the instruments of the registered provider, for it would be exported twice.
 */
export class StoreProducer implements MetricProducer {
  readonly #end: () => void;

  constructor(private readonly store: MetricStore) {
    this.#end = store.produced();
  }

  collect(): Promise<CollectionResult> {
    return Promise.resolve(collectionResult(collectStore(this.store)));
  }

  /** For those who end their reader before the process ends: measurements are handed on again. */
  close(): void {
    this.#end();
  }
}

/** What a producer answers with; readers put the SDK's own resource in the place of the missing one. */
export function collectionResult(scopeMetrics: ScopeMetrics[]): CollectionResult {
  const resourceMetrics = { resource: undefined, scopeMetrics };
  return { resourceMetrics: resourceMetrics as unknown as ResourceMetrics, errors: [] };
}
