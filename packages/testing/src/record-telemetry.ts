import { type Attributes, context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { defaultResource } from '@opentelemetry/resources';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, MetricReader, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  ParentBasedSampler,
  type ReadableSpan,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import { errorGroups } from '@otel-monitor/errors';
import { runtimeState } from '@otel-monitor/runtime';
import { OwnSpanSource } from '@otel-monitor/spans';
import { type RecordedLog, recordedLog } from './recorded-logs.js';
import { type MetricPoint, pointsOf } from './recorded-metrics.js';
import { type TraceNode, traceTrees } from './recorded-traces.js';

/** How the recording SDK is set up. */
export interface RecordOptions {
  /** Share of roots that are sampled, 0 to 1; default 1. */
  readonly sampleRate?: number;
  /**
   * Who makes the spans of operations. `own` (default): the monitor, as where `startMonitoring` built the SDK. `api`: the
   * SDK, through the API, as where somebody else registered one.
   */
  readonly operationSpans?: 'own' | 'api';
}

/** As the configuration has it by default. */
const LIMITS = {
  attributeCount: 128,
  attributeValueLength: 4096,
  eventsPerSpan: 128,
  linksPerSpan: 128,
  attributesPerEvent: 128,
  attributesPerLink: 128,
};

class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** Everything that was recorded since the start or the last reset, readable at once. */
export class Telemetry {
  readonly #spans = new InMemorySpanExporter();
  readonly #logs = new InMemoryLogRecordExporter();
  readonly #reader = new ManualReader();
  readonly #before = {
    ...runtimeState,
    errors: { ...runtimeState.errors },
    usage: { ...runtimeState.usage },
    http: { ...runtimeState.http },
  };

  constructor({ sampleRate = 1, operationSpans = 'own' }: RecordOptions) {
    forgetProviders();
    metricStore.reset();
    errorGroups.clear();
    runtimeState.metrics = 'own';
    runtimeState.enabled = true;
    const processor = new SimpleSpanProcessor(this.#spans);
    const sampler = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRate) });
    new NodeTracerProvider({ sampler, spanProcessors: [processor] }).register();
    const meterProvider = new MeterProvider({ readers: [this.#reader] });
    metrics.setGlobalMeterProvider(meterProvider);
    const ownSpans = new OwnSpanSource({
      resource: defaultResource(),
      limits: LIMITS,
      sampling: { performanceSampleRate: sampleRate, parentBased: true },
      meterProvider,
      export: (span) => processor.onEnd(span),
    });
    runtimeState.spanSource = operationSpans === 'own' ? ownSpans : undefined;
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
    errorGroups.clear();
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
