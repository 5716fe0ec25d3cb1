import type { CounterRing } from './counter-ring.js';
import type { OperationSnapshot } from './operation-snapshot.js';
import { ratio } from './ratio.js';
import type { OperationRow } from './read-operations.js';
import type { Totals } from './read-totals.js';
import type { ErrorsSnapshot } from './snapshot.js';

const ONE_MINUTE = 60_000;
const FIVE_MINUTES = 300_000;

const ERRORS_COUNTER = 'errors';
const operationCounter = (name: string): string => `operation ${name}`;

/** The counts whose rates a snapshot tells. */
export function rateCounters({ errors, operations }: Totals): Map<string, number> {
  const counters = new Map([[ERRORS_COUNTER, errors.total]]);
  for (const [name, { duration }] of operations) counters.set(operationCounter(name), duration.count);
  return counters;
}

export function operationSnapshots({ operations }: Totals, counters: CounterRing): OperationSnapshot[] {
  return [...operations].map(([name, row]) => operationSnapshot(name, row, counters));
}

function operationSnapshot(name: string, row: OperationRow, counters: CounterRing): OperationSnapshot {
  const { failures, active, duration, memoryDelta, errorsByType } = row;
  const { count } = duration;
  const durationSeconds = duration.distribution();
  const memory = memoryDelta.distribution();
  return {
    name,
    count,
    failures,
    ...ratio('successRate', count - failures, count),
    active,
    ratePerSecond: counters.ratePerSecond(operationCounter(name), ONE_MINUTE),
    ratePerSecondOver5Minutes: counters.ratePerSecond(operationCounter(name), FIVE_MINUTES),
    ...(durationSeconds && { durationSeconds }),
    errorsByType: errorsByType.toRecord(),
    ...(memory && { memoryDelta: memory }),
  };
}

export function errorsSnapshot({ errors }: Totals, counters: CounterRing): ErrorsSnapshot {
  return {
    total: errors.total,
    ratePerMinute: counters.ratePerSecond(ERRORS_COUNTER, ONE_MINUTE) * 60,
    ratePerMinuteOver5Minutes: counters.ratePerSecond(ERRORS_COUNTER, FIVE_MINUTES) * 60,
    byType: errors.byType.toRecord(),
    bySeverity: errors.bySeverity.toRecord(),
    byOperation: errors.byOperation.toRecord(),
  };
}
