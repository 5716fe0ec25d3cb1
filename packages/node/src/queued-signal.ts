import type { MeterProvider } from '@opentelemetry/api';
import type { PipelineStatus } from '@otel-monitor/attach';
import { BatchQueue, type BatchQueueLimits } from './batch-queue.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { OtlpExporter, type OtlpSignal } from './otlp-exporter.js';
import { ProcessorMetrics } from './processor-metrics.js';
import type { UnsentExport } from './unsent-export.js';

/** Queue and exporter of a signal that consists of single items: spans, log records. */
export class QueuedSignal<T> {
  readonly #queue: BatchQueue<T>;
  readonly #exporter: OtlpExporter<T[]>;
  readonly #metrics: ProcessorMetrics;
  #lost = 0;

  constructor(
    kind: 'span' | 'log',
    signal: OtlpSignal<T[]>,
    endpoint: OtlpEndpoint,
    limits: BatchQueueLimits,
    meterProvider: MeterProvider,
  ) {
    this.#exporter = new OtlpExporter(signal, endpoint, meterProvider);
    this.#queue = new BatchQueue<T>(limits, {
      exportBatch: (batch) => this.#export(batch),
      dropped: () => this.#losing(1, 'queue_full'),
    });
    this.#metrics = new ProcessorMetrics(meterProvider, kind, limits.maxQueueSize, () => this.#queue.size);
  }

  push(item: T): void {
    this.#queue.push(item);
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
    const abandoned = this.#queue.takeUnsent(true).length;
    if (abandoned > 0) this.#losing(abandoned, 'shutdown');
    this.#exporter.close();
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

  async #export(batch: readonly T[]): Promise<void> {
    const error = await this.#exporter.export(batch as T[]);
    if (error === undefined) this.#metrics.processed(batch.length);
    else this.#losing(batch.length, error.name);
  }

  #losing(count: number, errorType: string): void {
    this.#lost += count;
    this.#metrics.processed(count, errorType);
  }
}
