import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';

/** How one signal leaves the process, as `status` shows it. */
export interface PipelineStatus {
  /** `none`: nothing is pushed. Otherwise the endpoint, without credentials. */
  readonly endpoint?: string;
  /** Exports that failed since the start. */
  readonly failedExports?: number;
  /** Spans, records or points that were given up. */
  readonly dropped?: number;
  /** Bytes that were sent. */
  readonly bytesWritten?: number;
  /** Why the last export failed, without secrets. */
  readonly lastError?: string;
}

/** What somebody who built a provider hands over, so that it can be flushed, ended and shown. */
export interface SignalPipeline {
  /** Sends what is waiting. Never rejects; resolves within the deadline. */
  forceFlush(timeoutMillis: number): Promise<void>;
  /** Flushes and ends. Never rejects; resolves within the deadline. */
  shutdown(timeoutMillis: number): Promise<void>;
  status(): PipelineStatus;
}

/** The one metric reader of the process. */
export interface MetricPipeline extends SignalPipeline {
  /** All metrics of the process, cumulative; concurrent callers share one collection. */
  collect(): Promise<ResourceMetrics>;
  /**
   * The same without the bound series, which /metrics then reads where they are recorded. Left out: /metrics shows what
   * `collect` gives.
   */
  collectSdk?(): Promise<ResourceMetrics>;
}

/** The signals that we own; one that is missing belongs to somebody else, or to nobody. */
export interface Pipelines {
  readonly traces?: SignalPipeline;
  readonly metrics?: MetricPipeline;
  readonly logs?: SignalPipeline;
}
