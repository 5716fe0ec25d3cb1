import type { RecentOperation } from '@otel-monitor/runtime';
import { jsonList } from './json-list.js';

/** Longest text of all breadcrumbs, in UTF-16 units. */
const MAX_LENGTH = 8192;

/** The operations before an error as bounded JSON, the latest first; undefined when there are none. */
export function toldBreadcrumbs(operations: readonly RecentOperation[]): string | undefined {
  if (operations.length === 0) return undefined;
  const latestFirst = operations.toReversed().map(({ name, durationSeconds, errorType, endedAt, isSameTrace }) => ({
    name,
    durationSeconds: Math.round(durationSeconds * 1e6) / 1e6,
    errorType,
    endedAt: new Date(endedAt).toISOString(),
    sameTrace: isSameTrace,
  }));
  return jsonList(latestFirst, MAX_LENGTH);
}
