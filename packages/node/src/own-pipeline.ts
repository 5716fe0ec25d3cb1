import type { MetricPipeline, SignalPipeline } from '@otel-monitor/attach';
import type { UnsentExport } from './unsent-export.js';

/** What the end of the process needs of a pipeline that we built. */
export interface EndingPipeline {
  /** Whether items wait that were neither delivered nor given up; metrics, being values, never wait. */
  readonly isPending: boolean;
  /** Whether the last export failed. */
  readonly isFailing: boolean;
  /** Takes what has not left, synchronously. */
  takeUnsent(): UnsentExport | undefined;
}

/** A pipeline of spans or log records. */
export type OwnPipeline = SignalPipeline & EndingPipeline;
/** The pipeline of metrics. */
export type OwnMetricPipeline = MetricPipeline & EndingPipeline;
