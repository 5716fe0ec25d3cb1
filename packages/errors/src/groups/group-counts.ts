import type { ErrorSeverity } from '@otel-monitor/semconv';
import type { UserCounts } from './affected-users.js';
import type { CountWindows, WindowCounts } from './count-windows.js';
import type { ErrorGroup } from './error-group.js';
import type { OperationCount } from './frequent-operations.js';

/** What a group has counted, as plain data. Times in milliseconds since 1970. */
export interface GroupCounts {
  readonly count: number;
  readonly severities: Readonly<Record<ErrorSeverity, number>>;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly firstRelease: string | undefined;
  readonly lastRelease: string | undefined;
  readonly resolvedAt: number | undefined;
  readonly regressedAt: number | undefined;
  readonly windows: WindowCounts;
  readonly users?: UserCounts | undefined;
  readonly operations?: readonly OperationCount[] | undefined;
  /** JSON texts: the first, some between, the last. */
  readonly samples: readonly string[];
  readonly samplesSeen: number;
}

export function countsOf(group: ErrorGroup, windows: CountWindows): GroupCounts {
  return {
    count: group.count,
    severities: severitiesOf(group),
    firstSeen: group.firstSeen,
    lastSeen: group.lastSeen,
    firstRelease: group.firstRelease,
    lastRelease: group.lastRelease,
    resolvedAt: group.resolvedAt,
    regressedAt: group.regressedAt,
    windows: windows.counts(group.row),
    users: group.users?.counts(),
    operations: group.operations?.list(),
    samples: [...group.samples],
    samplesSeen: group.samplesSeen,
  };
}

export function severitiesOf({
  info,
  warning,
  error,
  critical,
}: Readonly<Record<ErrorSeverity, number>>): Record<ErrorSeverity, number> {
  return { info, warning, error, critical };
}
