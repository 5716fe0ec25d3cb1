import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { withDeadline } from '@otel-monitor/runtime';
import type { OtlpExporter } from './otlp-exporter.js';
import type { Pushable } from './push-temporality.js';

/**
 * Pushes what the shared reader collects, every `intervalMillis`, one push at a time. A push that failed is made good by
 * the next one: totals are in it anyway, and deltas begin anew only when they have arrived.
 */
export class MetricPush {
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #underWay: Pushable | undefined;

  constructor(
    private readonly collect: () => Promise<Pushable>,
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

  /** What is being sent, or waits to be sent again. */
  get underWay(): Pushable | undefined {
    return this.#underWay;
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
      const push = await this.collect();
      this.#underWay = push;
      const { error } = await this.exporter.export(push.data);
      // what the receiver refused, and said so, is not sent again
      if (error === undefined) push.arrived();
    } catch {
      // a collection that fails is shown by the SDK's own metrics; the next interval tries again
    } finally {
      this.#underWay = undefined;
    }
  }
}
