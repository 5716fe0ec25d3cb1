import type { Attributes, Counter, MeterProvider } from '@opentelemetry/api';
import { processWide } from '@otel-monitor/runtime';
import { ATTR_ERROR_TYPE } from '@otel-monitor/semconv';

/** How many there were of each kind: two with one name would be one series. */
const processors = processWide('batching-processors', () => ({ span: 0, log: 0 }));

/**
 * The self-metrics of a batching processor, by the names of the conventions (semantic conventions, OpenTelemetry SDK
 * metrics): what was processed, dropped, and waits.
 */
export class ProcessorMetrics {
  readonly #processed: Counter;
  readonly #attributes: Attributes;

  constructor(meterProvider: MeterProvider, kind: 'span' | 'log', capacity: number, queueSize: () => number) {
    const type = `batching_${kind}_processor`;
    this.#attributes = {
      'otel.component.type': type,
      'otel.component.name': `${type}/${processors[kind]}`,
    };
    processors[kind] += 1;
    const unit = kind === 'span' ? '{span}' : '{log_record}';
    const things = kind === 'span' ? 'spans' : 'log records';
    const meter = meterProvider.getMeter('@otel-monitor/node');
    this.#processed = meter.createCounter(`otel.sdk.processor.${kind}.processed`, {
      unit,
      description: `The number of ${things} for which the processing has finished, either successful or failed.`,
    });
    meter
      .createUpDownCounter(`otel.sdk.processor.${kind}.queue.capacity`, {
        unit,
        description: `The maximum number of ${things} the queue of a given instance of an SDK ${kind} processor can hold.`,
      })
      .add(capacity, this.#attributes);
    meter
      .createObservableUpDownCounter(`otel.sdk.processor.${kind}.queue.size`, {
        unit,
        description: `The number of ${things} in the queue of a given instance of an SDK ${kind} processor.`,
      })
      .addCallback((result) => result.observe(queueSize(), this.#attributes));
  }

  /** @param errorType why they were lost; left out: they were delivered */
  processed(count: number, errorType?: string): void {
    this.#processed.add(
      count,
      errorType === undefined ? this.#attributes : { ...this.#attributes, [ATTR_ERROR_TYPE]: errorType },
    );
  }
}
