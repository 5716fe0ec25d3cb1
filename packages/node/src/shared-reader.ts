import { AggregationTemporality, type CollectionResult, MetricReader } from '@opentelemetry/sdk-metrics';
import { metricStore, StoreProducer } from '@otel-monitor/bound-metrics';

/** A callback of somebody's observable instrument that does not come back must not hold a scrape up. */
const COLLECT_MILLIS = 5000;

/**
 * The one metric reader of the process: every reader more would add its whole cost to every record. Cumulative; whoever
 * asks while a collection is under way shares it.
 */
export class SharedReader extends MetricReader {
  #running: Promise<CollectionResult> | undefined;
  readonly #producer: StoreProducer;

  constructor() {
    const producer = new StoreProducer(metricStore);
    super({
      aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE,
      metricProducers: [producer],
      otelComponentType: 'otel_monitor_shared_reader',
    });
    this.#producer = producer;
  }

  override collect(options?: Parameters<MetricReader['collect']>[0]): Promise<CollectionResult> {
    this.#running ??= super.collect({ timeoutMillis: COLLECT_MILLIS, ...options }).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {
    this.#producer.close();
  }
}
