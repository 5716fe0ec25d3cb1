import { runtimeState } from '@otel-monitor/runtime';

const DEFAULT_DAYS = 396;
const MAX_DAYS = 3660;

/** For how many days usage is kept, today included: `usage.retentionDays`, 1 to 3,660; the default where that is none. */
export function retentionDays(): number {
  const { retentionDays: days } = runtimeState.usage;
  return Number.isFinite(days) ? Math.min(MAX_DAYS, Math.max(1, Math.floor(days))) : DEFAULT_DAYS;
}
