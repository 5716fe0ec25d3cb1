import { runtimeState } from '@otel-monitor/runtime';
import type { ErrorGroups } from '../groups/error-groups.js';
import { countBySeverity } from '../groups/group-count-metric.js';
import { severitiesOf } from '../groups/group-counts.js';
import type { ErrorTrend } from '../groups/trend.js';
import type { ErrorSummary } from './error-summary.js';
import { ratesPerHour, recentErrors, time, trendOfGroup, viewGroup } from './view-group.js';

const TYPES = 20;
const TOP = 10;

/** What is known of all errors of the process. */
export function summariseErrors(groups: ErrorGroups, now: number): ErrorSummary {
  const byTrend: Record<ErrorTrend, number> = { new: 0, rising: 0, steady: 0, falling: 0, regressed: 0 };
  const types = new Map<string, number>();
  let samples = 0;
  const recentDay = [...groups.all].map((group) => {
    const windows = groups.windows.read(group.row, now);
    byTrend[trendOfGroup(group, windows, now)] += 1;
    types.set(group.errorType, (types.get(group.errorType) ?? 0) + group.count);
    samples += group.samples.length;
    return { group, day: windows.day };
  });
  const all = groups.windows.read(groups.allRow, now);
  const { records, texts, evicted, expired } = groups;
  return {
    at: time(now),
    errors: Object.values(groups.severities).reduce((sum, count) => sum + count, 0),
    bySeverity: severitiesOf(groups.severities),
    byType: [...types]
      .map(([errorType, count]) => ({ errorType, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, TYPES),
    recent: recentErrors(all),
    ratePerHour: ratesPerHour(all),
    groups: {
      held: groups.size,
      limit: runtimeState.errors.maxGroups,
      bySeverity: countBySeverity(groups.all),
      byTrend,
      evicted: { ...evicted },
      expired: { ...expired },
    },
    records: { written: records.written, heldBack: records.heldBack, sampledOut: records.sampledOut },
    samples: { held: samples, bytes: texts.sampleBytes, evicted: texts.samplesEvicted },
    stacks: { bytes: texts.stackBytes, shortened: texts.stacksShortened },
    top: recentDay
      .sort((a, b) => b.day - a.day || b.group.lastSeen - a.group.lastSeen)
      .slice(0, TOP)
      .map(({ group }) => viewGroup(group, groups.windows, now)),
  };
}
