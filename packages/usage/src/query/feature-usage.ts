import type { Subject } from '../book/subject.js';
import { dayText, isoTime } from '../book/utc-day.js';
import { type ActiveUsers, activeUsers } from './active-users.js';
import { type CountedUses, countedUses } from './counted-uses.js';
import { cellsOf, daysUntil, type Period, talliesOf, totalOf, usesOf } from './period.js';
import { change, share } from './share.js';
import { UsersOfSubject } from './users-of-subject.js';

/** The use of a feature in a period, and its active users. */
export interface FeatureUsage extends CountedUses {
  readonly name: string;
  /** Of the period. */
  readonly users: number;
  /** Its users as a share of the service's active users of the period, 0 to 1; left out where those are unknown. */
  readonly adoption?: number;
  readonly activeUsers: ActiveUsers;
  /** As many whole days as the period has, ending yesterday, against those before. */
  readonly trend: FeatureTrend;
  /** The first day that is kept of it. */
  readonly firstDay: string;
  readonly lastUsed: string;
}

/** 0.25: a quarter more. Left out where there was nothing before. */
export interface FeatureTrend {
  readonly uses?: number;
  readonly users?: number;
}

/** The same with its actions and days. */
export interface FeatureUsageDetail extends FeatureUsage {
  /** Most used first. */
  readonly actions: readonly ActionUsage[];
  /** Those of the period on which it was used, in order. */
  readonly days: readonly FeatureDay[];
}

/** One action of a feature in the period. */
export interface ActionUsage extends CountedUses {
  readonly action: string;
}

/** One day of a feature. */
export interface FeatureDay extends CountedUses {
  /** `2026-11-24`. */
  readonly day: string;
  readonly users: number;
}

export function featureUsage(feature: Subject, period: Period, serviceUsers: number): FeatureUsage {
  const counted = new UsersOfSubject(feature);
  const active = activeUsers(counted, period.last);
  const users = counted.of(period);
  const length = period.last - period.first + 1;
  const recent = daysUntil(period.last - 1, length);
  const before = daysUntil(period.last - 1 - length, length);
  return {
    name: feature.name,
    ...countedUses(totalOf(talliesOf(feature, period).values())),
    users,
    ...share('adoption', users, serviceUsers),
    activeUsers: active,
    trend: {
      ...change('uses', usesOf(feature, recent).uses, usesOf(feature, before).uses),
      ...change('users', counted.of(recent), counted.of(before)),
    },
    firstDay: dayText(feature.firstDay() ?? period.last),
    lastUsed: isoTime(feature.lastUsedMillis),
  };
}

export function featureUsageDetail(feature: Subject, period: Period, serviceUsers: number): FeatureUsageDetail {
  const actions = [...talliesOf(feature, period)].map(([action, tally]) => ({ action, ...countedUses(tally) }));
  return {
    ...featureUsage(feature, period, serviceUsers),
    actions: actions.sort((one, other) => other.uses - one.uses),
    days: [...cellsOf(feature, period)].map((cell) => ({
      day: dayText(cell.day),
      ...countedUses(cell.total()),
      users: cell.userCount(),
    })),
  };
}
