import type { MeterProvider } from '@opentelemetry/api';
import type { PipelineStatus } from '@otel-monitor/attach';
import { ownCost } from '@otel-monitor/runtime';
import { BatchQueue, type BatchQueueLimits } from './batch-queue.js';
import { type EncodedItem, type ItemEncoder, type ItemOrigin, itemBytes } from './otlp/encoded-item.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { OtlpExporter, type OtlpSignal } from './otlp-exporter.js';
import { ProcessorMetrics } from './processor-metrics.js';
import type { UnsentExport } from './unsent-export.js';

/** What is different between spans and log records. */
export interface QueuedKind<Item extends ItemOrigin> {
  readonly kind: 'span' | 'log';
  /** Writes items as they end; what waits is bytes. */
  readonly encoder: ItemEncoder<Item>;
  readonly signal: OtlpSignal<EncodedItem[]>;
}

/** Queue and exporter of a signal that consists of single items: spans, log records. */
export class QueuedSignal<Item extends ItemOrigin> {
  readonly #queue: BatchQueue<EncodedItem>;
  readonly #exporter: OtlpExporter<EncodedItem[]>;
  readonly #metrics: ProcessorMetrics;
  readonly #stopCounting: () => void;
  #lost = 0;

  constructor(
    private readonly items: QueuedKind<Item>,
    endpoint: OtlpEndpoint,
    limits: BatchQueueLimits,
    meterProvider: MeterProvider,
  ) {
    this.#exporter = new OtlpExporter(items.signal, endpoint, meterProvider);
    this.#queue = new BatchQueue(limits, {
      exportBatch: (batch) => this.#export(batch),
      dropped: () => this.#losing(1, 'queue_full'),
    });
    this.#stopCounting = ownCost.memoryHeld(`queue of ${items.signal.name}`, () => this.#bytesHeld());
    this.#metrics = new ProcessorMetrics(meterProvider, items.kind, limits.maxQueueSize, () => this.#queue.size);
  }

  /** Never throws. */
  push(item: Item): void {
    if (!this.#queue.hasRoom) {
      this.#losing(1, 'queue_full');
      return;
    }
    let waiting: EncodedItem;
    try {
      waiting = this.items.encoder.encode(item);
    } catch {
      // one that cannot be written must not take a batch with it
      this.#losing(1, 'not_serializable');
      return;
    }
    this.#queue.push(waiting);
  }

  /** Whether something was neither delivered nor given up. */
  get isPending(): boolean {
    return this.#queue.pending > 0;
  }

  get isFailing(): boolean {
    return this.#exporter.isFailing;
  }

  /** Sends what waits, or as much as the deadline allows. Never rejects. */
  async flush(timeoutMillis: number): Promise<void> {
    const release = this.#exporter.hurry(timeoutMillis);
    await this.#queue.flush(timeoutMillis);
    release();
  }

  /** Flushes, then takes nothing more. Never rejects. */
  async shutdown(timeoutMillis: number): Promise<void> {
    this.#exporter.hurry(timeoutMillis);
    const flushed = this.#queue.flush(timeoutMillis);
    this.#queue.close();
    await flushed;
    const abandoned = this.#queue.takeUnsent(true);
    if (abandoned.length > 0) this.#losing(abandoned.length, 'shutdown');
    this.items.encoder.release(abandoned);
    this.#exporter.close();
    this.#stopCounting();
  }

  /** Takes what has not left, written as one request; undefined when there is nothing. */
  takeUnsent(): UnsentExport | undefined {
    const items = this.#queue.takeUnsent(this.#exporter.isCurrentSent);
    return items.length === 0 ? undefined : this.#exporter.unsent(items);
  }

  status(): PipelineStatus {
    const { address, failedExports, bytesSent, lastError } = this.#exporter;
    return {
      endpoint: address,
      failedExports,
      dropped: this.#lost,
      bytesWritten: bytesSent,
      ...(lastError === undefined ? {} : { lastError }),
    };
  }

  #bytesHeld(): number {
    let bytes = 0;
    for (const item of this.#queue.items()) bytes += itemBytes(item);
    return bytes;
  }

  async #export(batch: readonly EncodedItem[]): Promise<void> {
    const { error, rejected } = await this.#exporter.export(batch as EncodedItem[]);
    // the request was a copy
    this.items.encoder.release(batch);
    if (error !== undefined) {
      this.#losing(batch.length, error.name);
      return;
    }
    const refused = Math.min(rejected, batch.length);
    if (refused > 0) this.#losing(refused, 'rejected');
    this.#metrics.processed(batch.length - refused);
  }

  #losing(count: number, errorType: string): void {
    this.#lost += count;
    this.#metrics.processed(count, errorType);
  }
}
