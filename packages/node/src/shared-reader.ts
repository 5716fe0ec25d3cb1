import { AggregationTemporality, type CollectionResult, MetricReader } from '@opentelemetry/sdk-metrics';
import { metricStore, StoreProducer } from '@otel-monitor/bound-metrics';
import { withCleanDescriptors } from './redaction/redacted-metrics.js';

/** A callback of somebody's observable instrument that does not come back must not hold a scrape up. */
const COLLECT_MILLIS = 5000;

/**
 * The one metric reader of the process: every reader more would add its whole cost to every record. Cumulative; whoever
 * asks while a collection is under way shares it. The bound series come on top of the SDK's instruments.
 */
export class SharedReader extends MetricReader {
  #sdk: Promise<CollectionResult> | undefined;
  #all: Promise<CollectionResult> | undefined;
  /** Not one of the reader's own producers: `collectSdk` does without. */
  readonly #producer = new StoreProducer(metricStore);

  constructor() {
    super({
      aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE,
      otelComponentType: 'otel_monitor_shared_reader',
    });
  }

  override collect(options?: Parameters<MetricReader['collect']>[0]): Promise<CollectionResult> {
    this.#all ??= this.#withBoundSeries(options).finally(() => {
      this.#all = undefined;
    });
    return this.#all;
  }

  /** Without the bound series, which a page of metrics reads where they are recorded. */
  collectSdk(options?: Parameters<MetricReader['collect']>[0]): Promise<CollectionResult> {
    this.#sdk ??= this.#clean({ timeoutMillis: COLLECT_MILLIS, ...options }).finally(() => {
      this.#sdk = undefined;
    });
    return this.#sdk;
  }

  async #clean(options: Parameters<MetricReader['collect']>[0]): Promise<CollectionResult> {
    const { resourceMetrics, errors } = await super.collect(options);
    return { resourceMetrics: withCleanDescriptors(resourceMetrics), errors };
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {
    this.#producer.close();
  }

  async #withBoundSeries(options: Parameters<MetricReader['collect']>[0]): Promise<CollectionResult> {
    const { resourceMetrics, errors } = await this.collectSdk(options);
    const bound = await this.#producer.collect();
    const scopeMetrics = [...resourceMetrics.scopeMetrics, ...bound.resourceMetrics.scopeMetrics];
    return { resourceMetrics: { ...resourceMetrics, scopeMetrics }, errors };
  }
}
