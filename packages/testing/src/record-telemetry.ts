import { type Attributes, context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, MetricReader, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type NodeTracerConfig, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import { runtimeState } from '@otel-monitor/runtime';
import { type RecordedLog, recordedLog } from './recorded-logs.js';
import { type MetricPoint, pointsOf } from './recorded-metrics.js';
import { type TraceNode, traceTrees } from './recorded-traces.js';

/** How the recording SDK is set up. */
export interface RecordOptions {
  /** Default: every span is sampled. */
  readonly sampler?: NodeTracerConfig['sampler'];
}

class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** Everything that was recorded since the start or the last reset, readable at once. */
export class Telemetry {
  readonly #spans = new InMemorySpanExporter();
  readonly #logs = new InMemoryLogRecordExporter();
  readonly #reader = new ManualReader();
  readonly #before = { ...runtimeState };

  constructor({ sampler }: RecordOptions) {
    forgetProviders();
    metricStore.reset();
    runtimeState.metrics = 'own';
    runtimeState.spanSource = undefined;
    runtimeState.enabled = true;
    new NodeTracerProvider({ sampler, spanProcessors: [new SimpleSpanProcessor(this.#spans)] }).register();
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [this.#reader] }));
    logs.setGlobalLoggerProvider(
      new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: this.#logs })] }),
    );
  }

  /** The ended spans as the SDK has them, in the order they ended. */
  spans(): ReadableSpan[] {
    return this.#spans.getFinishedSpans();
  }

  /** The ended spans as trees of literals: compare whole traces with `toEqual`. */
  traces(): TraceNode[] {
    return traceTrees(this.spans());
  }

  /** The points of a metric by its OpenTelemetry name, whoever recorded it; with `attributes`, those that carry them all. */
  async metric(name: string, attributes: Attributes = {}): Promise<MetricPoint[]> {
    const collected = [...collectStore(metricStore), ...(await this.#collectSdk())];
    const wanted = Object.entries(attributes);
    return pointsOf(collected, name).filter((point) => wanted.every(([key, value]) => point.attributes[key] === value));
  }

  /** The log records, in the order they were emitted. */
  logs(): RecordedLog[] {
    return this.#logs.getFinishedLogRecords().map(recordedLog);
  }

  /** Forgets what was recorded by now. */
  reset(): void {
    this.#spans.reset();
    this.#logs.reset();
    metricStore.reset();
  }

  /** Takes the SDK out again, and puts the settings back that were in force before. */
  stop(): void {
    forgetProviders();
    metricStore.reset();
    Object.assign(runtimeState, this.#before);
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  async #collectSdk(): Promise<ScopeMetrics[]> {
    return (await this.#reader.collect()).resourceMetrics.scopeMetrics;
  }
}

/**
 * Registers the real OpenTelemetry SDK, in memory, for a test: what monitors, instrumentations and the plain API record
 * can be read back at once. One at a time; end it by `stop()` or `using`.
 */
export function recordTelemetry(options: RecordOptions = {}): Telemetry {
  return new Telemetry(options);
}

function forgetProviders(): void {
  trace.disable();
  context.disable();
  propagation.disable();
  metrics.disable();
  logs.disable();
}
