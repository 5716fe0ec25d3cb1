import type { DroppedUsage } from '../book/dropped-usage.js';
import type { UsageBook } from '../book/usage-book.js';
import { dayText } from '../book/utc-day.js';
import type { FlagLosses } from '../flags/flag-store.js';
import type { WorkflowLosses } from '../funnels/workflow-store.js';
import { type ActiveUsers, activeUsers } from './active-users.js';
import { sortFeatures } from './feature-order.js';
import { daysUntil, type Period, usesOf } from './period.js';
import { MONTH_DAYS } from './query-options.js';
import { share } from './share.js';
import { UsersOfSubject, usersOf } from './users-of-subject.js';

const TOP_FEATURES = 10;

/** The service at a glance. */
export interface UsageSummary {
  /** Today, `2026-11-24` in UTC. */
  readonly day: string;
  /** The first day that something is known of. */
  readonly firstDay: string;
  readonly activeUsers: ActiveUsers;
  readonly today: UsesInPeriod;
  /** The last 28 days, today included. */
  readonly month: UsesInPeriod;
  /** How many features are known, used in the month or not. */
  readonly featureCount: number;
  /** The ten most used ones of the month. */
  readonly topFeatures: readonly TopFeature[];
  /** The release with the most users today, or uses where there are no users; left out where no release is known. */
  readonly release?: ReleaseToday;
  /** What the bounds made leave since the process started. */
  readonly dropped: Readonly<DroppedUsage> & UsageLosses;
}

/** What did not fit into the bounds of workflows and flags. */
export interface UsageLosses {
  readonly workflows: WorkflowLosses;
  readonly flags: FlagLosses;
}

/** Uses of all features. */
export interface UsesInPeriod {
  readonly uses: number;
  readonly failures: number;
  /** 0 to 1; left out without uses. */
  readonly successRate?: number;
}

/** A feature that is used much. */
export interface TopFeature extends UsesInPeriod {
  readonly name: string;
  readonly users: number;
}

/** A release and its shares of today, 0 to 1. */
export interface ReleaseToday {
  readonly release: string;
  readonly shareOfUses?: number;
  readonly shareOfUsers?: number;
}

export function usageSummary(book: UsageBook, today: number, losses: UsageLosses): UsageSummary {
  const month = daysUntil(today, MONTH_DAYS);
  const firstDay = Math.min(...[...book.subjects()].map((subject) => subject.firstDay() ?? today));
  const top = sortFeatures([...book.features.values()], 'uses', month).slice(0, TOP_FEATURES);
  const release = releaseToday(book, today);
  return {
    day: dayText(today),
    firstDay: dayText(firstDay),
    activeUsers: activeUsers(new UsersOfSubject(book.service), today),
    today: usesIn(book.service, daysUntil(today, 1)),
    month: usesIn(book.service, month),
    featureCount: book.features.size,
    topFeatures: top
      .map((feature) => ({ name: feature.name, ...usesIn(feature, month), users: usersOf(feature, month) }))
      .filter(({ uses }) => uses > 0),
    ...(release !== undefined && { release }),
    dropped: { ...book.dropped, ...losses },
  };
}

function usesIn(subject: Parameters<typeof usesOf>[0], period: Period): UsesInPeriod {
  const { uses, failures } = usesOf(subject, period);
  return { uses, failures, ...share('successRate', uses - failures, uses) };
}

function releaseToday(book: UsageBook, today: number): ReleaseToday | undefined {
  const all = book.service.days.get(today);
  const [first] = [...book.releases.values()]
    .map(({ name, days }) => ({ release: name, cell: days.get(today) }))
    .map(({ release, cell }) => ({ release, uses: cell?.uses().uses ?? 0, users: cell?.userCount() ?? 0 }))
    .filter(({ uses, users }) => uses > 0 || users > 0)
    .sort((one, other) => other.users - one.users || other.uses - one.uses);
  if (first === undefined) return undefined;
  return {
    release: first.release,
    ...share('shareOfUses', first.uses, all?.uses().uses ?? 0),
    ...share('shareOfUsers', first.users, all?.userCount() ?? 0),
  };
}
