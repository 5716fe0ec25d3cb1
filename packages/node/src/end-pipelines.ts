import { report } from '@otel-monitor/runtime';
import { exportLast } from './last-export.js';
import type { OwnPipelines } from './start-pipelines.js';

/** How long an ending process stands still for its last export; the second, when the Collector did not answer before. */
const LAST_EXPORT_MILLIS = 2000;
const LAST_EXPORT_FAILING_MILLIS = 300;

/** Whether spans or log records wait in any of the pipelines. */
export function isAnyPending({ traces, logs }: OwnPipelines): boolean {
  return (traces?.isPending || logs?.isPending) ?? false;
}

/** Sends what waits, all signals at once, and the metrics' last values. Never rejects; resolves within the deadline. */
export async function flushPipelines({ traces, logs, metrics }: OwnPipelines, timeoutMillis: number): Promise<void> {
  await Promise.all([
    traces?.forceFlush(timeoutMillis),
    logs?.forceFlush(timeoutMillis),
    metrics?.forceFlush(timeoutMillis),
  ]);
}

/** Sends what still waits without an event loop, or says that it was lost. Never throws. */
export function exportLastOf({ traces, logs, metrics }: OwnPipelines, withMetrics: boolean): void {
  const own = [traces, logs, withMetrics ? metrics : undefined];
  const unsent = own.map((pipeline) => pipeline?.takeUnsent()).filter((request) => request !== undefined);
  const isFailing = own.some((pipeline) => pipeline?.isFailing);
  const { lost } = exportLast(unsent, isFailing ? LAST_EXPORT_FAILING_MILLIS : LAST_EXPORT_MILLIS);
  if (lost > 0) report('otlp-export', `${lost} of the last ${unsent.length} exports were lost with the process`);
}
