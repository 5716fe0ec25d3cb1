import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { withDeadline } from '@otel-monitor/runtime';
import type { OtlpExporter } from './otlp-exporter.js';

/**
 * Pushes what the shared reader collects, every `intervalMillis`, one push at a time. Values are cumulative: a push that
 * failed is made good by the next one.
 */
export class MetricPush {
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;

  constructor(
    private readonly collect: () => Promise<ResourceMetrics>,
    private readonly exporter: OtlpExporter<ResourceMetrics>,
    intervalMillis: number,
  ) {
    this.#timer = setInterval(() => void this.#push(), intervalMillis).unref();
  }

  /** Pushes the present values. Never rejects; resolves within the deadline. */
  async flush(timeoutMillis: number): Promise<void> {
    const release = this.exporter.hurry(timeoutMillis);
    await withDeadline(this.#pushNow(), timeoutMillis);
    release();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A push that is under way may hold older values: it is waited for, then the present ones follow. */
  async #pushNow(): Promise<void> {
    await this.#running;
    await this.#push();
  }

  #push(): Promise<void> {
    this.#running ??= this.#collectAndExport().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #collectAndExport(): Promise<void> {
    try {
      await this.exporter.export(await this.collect());
    } catch {
      // a collection that fails is shown by the SDK's own metrics; the next interval tries again
    }
  }
}
