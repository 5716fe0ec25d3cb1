import { runtimeState } from '@otel-monitor/runtime';
import { ERROR_SEVERITIES } from '@otel-monitor/semconv';
import { AffectedUsers } from './affected-users.js';
import { type ErrorGroup, hasRegressed } from './error-group.js';
import { FrequentOperations } from './frequent-operations.js';
import type { GroupCounts } from './group-counts.js';
import { readSample } from './sample-text.js';

/** Adds to a group what was counted elsewhere of the same fault. Windows and budgets are whoever's that holds the group. */
export function joinCounts(group: ErrorGroup, given: GroupCounts): void {
  noticeRegression(group, given);
  if (given.firstSeen < group.firstSeen) {
    group.firstSeen = given.firstSeen;
    group.firstRelease = given.firstRelease;
  }
  if (given.lastSeen > group.lastSeen) {
    group.lastSeen = given.lastSeen;
    group.lastRelease = given.lastRelease;
  }
  group.count += given.count;
  for (const severity of ERROR_SEVERITIES) group[severity] += given.severities[severity];
  if (given.users !== undefined) {
    group.users ??= new AffectedUsers();
    group.users.join(given.users);
  }
  for (const { name, count } of given.operations ?? []) {
    group.operations ??= new FrequentOperations();
    group.operations.add(name, count);
  }
  group.samples = joinedSamples(group.samples, given.samples, runtimeState.errors.samplesPerGroup);
  group.samplesSeen += given.samplesSeen;
}

/** What came first may have been said to be mended, or been silent for long, before the other began. */
function noticeRegression(group: ErrorGroup, given: GroupCounts): void {
  const back =
    group.count === 0
      ? undefined
      : given.lastSeen <= group.lastSeen
        ? comesBack(given, group)
        : comesBack(group, given);
  const resolvedAt = latest(group.resolvedAt, given.resolvedAt);
  group.regressedAt = latest(latest(group.regressedAt, given.regressedAt), back);
  const isOpen = resolvedAt === undefined || Math.max(group.lastSeen, given.lastSeen) > resolvedAt;
  group.resolvedAt = isOpen ? undefined : resolvedAt;
}

type Seen = Pick<ErrorGroup, 'firstSeen' | 'lastSeen' | 'firstRelease' | 'lastRelease' | 'resolvedAt'>;

function comesBack(earlier: Seen, later: Seen): number | undefined {
  if (earlier.resolvedAt !== undefined && later.lastSeen > earlier.resolvedAt) return later.lastSeen;
  return hasRegressed(earlier, later.firstSeen, later.firstRelease) ? later.firstSeen : undefined;
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}

/** The first, the last, and of those between as many as there is room for, evenly. */
function joinedSamples(some: readonly string[], others: readonly string[], limit: number): string[] {
  const all = [...some, ...others];
  // in the order of time, which those of one group have
  if (some.length > 0 && others.length > 0) {
    const times = new Map(all.map((text) => [text, readSample(text)?.at ?? '']));
    all.sort((a, b) => ((times.get(a) as string) < (times.get(b) as string) ? -1 : 1));
  }
  if (all.length <= limit) return all;
  if (limit <= 1) return all.slice(all.length - Math.max(0, limit));
  return Array.from({ length: limit }, (_, i) => all[Math.round((i * (all.length - 1)) / (limit - 1))] as string);
}
