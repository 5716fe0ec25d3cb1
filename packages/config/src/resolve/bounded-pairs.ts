import type { Findings } from '../findings.js';
import type { BatchConfig } from '../monitoring-config.js';

/**
 * The smaller of two numbers of which one bounds the other. The SDK throws, or loses data, when the bound is passed;
 * a default gives way in silence, what somebody said is named.
 */
export function boundedBy(
  value: number,
  bound: number,
  names: { value: string; bound: string },
  sources: Readonly<Record<string, string>>,
  findings: Findings,
): number {
  if (value <= bound) return value;
  const source = sources[names.value] ?? 'default';
  if (source !== 'default') {
    findings.warn(`${names.value} ${value} (${source}) is above ${names.bound} ${bound}, which is used instead`);
  }
  return bound;
}

/** A batch that the queue can hold. */
export function boundedBatch(
  batch: BatchConfig,
  path: string,
  sources: Readonly<Record<string, string>>,
  findings: Findings,
): BatchConfig {
  const names = { value: `${path}.maxExportBatchSize`, bound: `${path}.maxQueueSize` };
  return {
    ...batch,
    maxExportBatchSize: boundedBy(batch.maxExportBatchSize, batch.maxQueueSize, names, sources, findings),
  };
}
