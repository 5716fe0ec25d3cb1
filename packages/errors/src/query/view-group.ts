import type { CountWindows, Windows } from '../groups/count-windows.js';
import type { ErrorGroup } from '../groups/error-group.js';
import { severitiesOf } from '../groups/group-counts.js';
import { readSample } from '../groups/sample-text.js';
import { type ErrorTrend, trendOf } from '../groups/trend.js';
import type { ErrorGroupDetails, ErrorGroupView, RecentErrors } from './error-group-view.js';
import type { ErrorSample } from './error-sample.js';

const HOURS_OF_DAY = 24;
const HOURS_OF_WEEK = 168;

export function trendOfGroup(group: ErrorGroup, windows: Windows, now: number): ErrorTrend {
  const { firstSeen, lastSeen, regressedAt } = group;
  return trendOf({ firstSeen, lastSeen, regressedAt, windows }, now);
}

/** A group as it is shown. */
export function viewGroup(group: ErrorGroup, counts: CountWindows, now: number): ErrorGroupView {
  const windows = counts.read(group.row, now);
  return {
    id: group.id,
    title: group.title,
    ...known({ culprit: group.culprit }),
    errorType: group.errorType,
    exceptionType: group.exceptionType,
    ...known({ code: group.code }),
    severity: group.severity,
    severities: severitiesOf(group),
    count: group.count,
    users: group.users?.size ?? 0,
    usersEstimated: group.users?.isEstimated ?? false,
    firstSeen: time(group.firstSeen),
    lastSeen: time(group.lastSeen),
    ...known({ firstRelease: group.firstRelease, lastRelease: group.lastRelease }),
    trend: trendOfGroup(group, windows, now),
    recent: recentErrors(windows),
    ratePerHour: ratesPerHour(windows),
    operations: group.operations?.list() ?? [],
    ...known({ resolvedAt: optionalTime(group.resolvedAt), regressedAt: optionalTime(group.regressedAt) }),
  };
}

/** A group whole. */
export function viewDetails(group: ErrorGroup, counts: CountWindows, now: number): ErrorGroupDetails {
  return {
    ...viewGroup(group, counts, now),
    ...known({ stack: group.stack }),
    samples: group.samples.map(readSample).filter((sample): sample is ErrorSample => sample !== undefined),
    aliases: [...(group.aliases ?? [])],
  };
}

export function recentErrors({ hour, day, week }: Windows): RecentErrors {
  return { lastHour: hour, lastDay: day, lastWeek: week };
}

export function ratesPerHour({ hour, day, week }: Windows): RecentErrors {
  return { lastHour: hour, lastDay: day / HOURS_OF_DAY, lastWeek: week / HOURS_OF_WEEK };
}

export function time(at: number): string {
  return new Date(at).toISOString();
}

function optionalTime(at: number | undefined): string | undefined {
  return at === undefined ? undefined : time(at);
}

/** Only the fields that are there: what is not known is left out. */
function known<T extends Record<string, string | undefined>>(fields: T): { [Key in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: string;
  };
}
