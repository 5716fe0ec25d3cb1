import type { MeterProvider } from '@opentelemetry/api';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core';
import { createOtlpNetworkExportDelegate, ExporterMetrics } from '@opentelemetry/otlp-exporter-base';
import type { IExporterMetricsHelper, ISerializer } from '@opentelemetry/otlp-transformer';
import { ownCost, report } from '@otel-monitor/runtime';
import { BoundedExport } from './bounded-export.js';
import { ExportError } from './export-error.js';
import { type OtlpEndpoint, requestHeaders, withoutCredentials } from './otlp-endpoint.js';
import { OtlpPoster } from './otlp-post.js';
import type { UnsentExport } from './unsent-export.js';

/** What is different between the signals: how they are written and counted. */
export interface OtlpSignal<T> {
  /** As a log line says it: `traces`. */
  readonly name: 'traces' | 'metrics' | 'logs';
  /** `otel.component.type` of the exporter's self-metrics. */
  readonly componentType: string;
  /** Writes what the endpoint's protocol asks for. */
  readonly serializer: ISerializer<T, unknown>;
  readonly metricsHelper: IExporterMetricsHelper<T>;
}

/** What became of an export. */
export interface ExportOutcome {
  /** Why it failed; undefined: the server took it. */
  readonly error: ExportError | undefined;
  /** Spans, records or points that the server refused of those it was sent (OTLP, "Partial Success"). */
  readonly rejected: number;
}

/** Exports one signal by OTLP/HTTP, within hard bounds, and remembers what became of it. */
export class OtlpExporter<T> {
  /** Exports that failed since the start, retries not counted. */
  failedExports = 0;
  lastError: string | undefined;
  /** Whether the last export that ended did not succeed. */
  isFailing = false;
  readonly #poster: OtlpPoster;
  readonly #bounded: BoundedExport;
  readonly #delegate: ReturnType<typeof createOtlpNetworkExportDelegate<T, unknown>>;
  /** Of the export under way: there is one at a time. */
  #rejected = 0;

  constructor(
    private readonly signal: OtlpSignal<T>,
    private readonly endpoint: OtlpEndpoint,
    meterProvider: MeterProvider,
  ) {
    this.#poster = new OtlpPoster(endpoint);
    this.#bounded = new BoundedExport((body) => this.#poster.post(body));
    const metrics = new ExporterMetrics<T>({
      componentType: signal.componentType,
      metricsHelper: signal.metricsHelper,
      url: endpoint.endpoint,
      meterProvider,
      responseAttributesFromError: (error) => {
        const statusCode = error === undefined ? 200 : error instanceof ExportError ? error.statusCode : undefined;
        return statusCode === undefined ? {} : { 'http.response.status_code': statusCode };
      },
    });
    this.#delegate = createOtlpNetworkExportDelegate<T, unknown>(
      { timeoutMillis: endpoint.timeoutMillis, concurrencyLimit: 1, compression: endpoint.compression },
      {
        serializeRequest: (items) => signal.serializer.serializeRequest(items),
        deserializeResponse: (data) => {
          const response = signal.serializer.deserializeResponse(data);
          this.#rejected = rejectedCount(response);
          return response;
        },
      },
      metrics,
      {
        send: async (data, timeoutMillis) => {
          const answer = await this.#bounded.send(data, timeoutMillis);
          // retries are over here: what is left is a failure with its reason
          return answer.status === 'retryable' ? { status: 'failure', error: answer.error } : answer;
        },
        shutdown: () => this.#poster.close(),
      },
    );
  }

  get bytesSent(): number {
    return this.#poster.bytesSent;
  }

  /** The address without credentials. */
  get address(): string {
    return withoutCredentials(this.endpoint.endpoint);
  }

  /** Whether what is under way has left the process entirely. */
  get isCurrentSent(): boolean {
    return this.#bounded.isCurrentSent;
  }

  /** Sends `items`, outside of any trace. Never rejects. */
  async export(items: T): Promise<ExportOutcome> {
    this.#rejected = 0;
    const error = await new Promise<ExportError | undefined>((resolve) => {
      try {
        context.with(suppressTracing(ROOT_CONTEXT), () =>
          ownCost.time(() => this.#delegate.export(items, (result) => resolve(reasonOf(result)))),
        );
      } catch {
        resolve(new ExportError('not_serializable', 'could not be written as OTLP'));
      }
    });
    this.isFailing = error !== undefined;
    if (error !== undefined) this.#failed(error);
    const rejected = this.#rejected;
    if (rejected > 0)
      report('otlp-rejected', `${this.address} refused ${rejected} of the ${this.signal.name} it was sent`);
    return { error, rejected };
  }

  /** For the end of the process: nothing takes longer than `millis` until the release. */
  hurry(millis: number): () => void {
    return this.#bounded.hurry(millis);
  }

  /** The items as a request that somebody else can send; undefined when they cannot be written. */
  unsent(items: T): UnsentExport | undefined {
    try {
      const body = this.signal.serializer.serializeRequest(items);
      if (body === undefined) return undefined;
      const headers = requestHeaders(this.endpoint);
      return { signal: this.signal.name, url: this.endpoint.endpoint, headers, body };
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#poster.close();
  }

  #failed(error: ExportError): void {
    this.failedExports += 1;
    this.lastError = error.message;
    // one topic for the three signals: they go to the same Collector and one line says so
    report('otlp-export', `${this.signal.name} could not be sent to ${this.address}: ${error.message}`);
  }
}

/** The count in the answer of a server that took a part only; of metrics the official reader tells it. */
function rejectedCount(response: unknown): number {
  const partial = (response as { partialSuccess?: Readonly<Record<string, unknown>> } | undefined)?.partialSuccess;
  if (partial === undefined || partial === null) return 0;
  const count = Number(partial.rejected ?? partial.rejectedDataPoints ?? 0);
  return Number.isFinite(count) ? Math.max(0, count) : 0;
}

function reasonOf(result: ExportResult): ExportError | undefined {
  if (result.code === ExportResultCode.SUCCESS) return undefined;
  if (result.error instanceof ExportError) return result.error;
  return new ExportError('export_failed', 'the export failed');
}
