import type { MetricPipeline, SignalPipeline } from '@otel-monitor/attach';
import type { QueuedSignal } from './queued-signal.js';
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

/** What a pipeline needs of the queue it sends from. */
type Queue = Pick<QueuedSignal<never>, 'isPending' | 'isFailing' | 'takeUnsent' | 'flush' | 'shutdown' | 'status'>;

/**
 * The pipeline around a queue, or around none where nothing is pushed.
 *
 * @param endProvider ends the provider and takes it out of the API's globals, after the queue has ended
 */
export function queuedPipeline(
  queued: Queue | undefined,
  endProvider: (timeoutMillis: number) => Promise<void>,
): OwnPipeline {
  return {
    get isPending() {
      return queued?.isPending ?? false;
    },
    get isFailing() {
      return queued?.isFailing ?? false;
    },
    takeUnsent: () => queued?.takeUnsent(),
    forceFlush: async (timeoutMillis) => queued?.flush(timeoutMillis),
    shutdown: async (timeoutMillis) => {
      await queued?.shutdown(timeoutMillis);
      await endProvider(timeoutMillis);
    },
    status: () => queued?.status() ?? {},
  };
}
