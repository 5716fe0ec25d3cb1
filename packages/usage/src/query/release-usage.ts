import type { Subject } from '../book/subject.js';
import { dayText } from '../book/utc-day.js';
import { cellsOf, type Period, usesOf } from './period.js';
import { share } from './share.js';
import { usersOf } from './users-of-subject.js';

/** How far a release (`service.version`) is adopted. */
export interface ReleaseUsage {
  readonly release: string;
  /** Of the period. */
  readonly uses: number;
  readonly users: number;
  /** Of the service's uses and active users of the period, 0 to 1; left out where there are none. */
  readonly shareOfUses?: number;
  readonly shareOfUsers?: number;
  /** The first and the last day that are kept of it. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Those of the period on which it ran, in order. */
  readonly days: readonly ReleaseDay[];
}

/** One day of a release. Who met two releases on a day counts for both. */
export interface ReleaseDay {
  /** `2026-11-24`. */
  readonly day: string;
  readonly uses: number;
  readonly users: number;
  readonly shareOfUses?: number;
  readonly shareOfUsers?: number;
}

export function releaseUsage(release: Subject, service: Subject, period: Period): ReleaseUsage {
  const { uses } = usesOf(release, period);
  const users = usersOf(release, period);
  return {
    release: release.name,
    uses,
    users,
    ...share('shareOfUses', uses, usesOf(service, period).uses),
    ...share('shareOfUsers', users, usersOf(service, period)),
    firstDay: dayText(release.firstDay() ?? period.last),
    lastDay: dayText(release.lastDay() ?? period.last),
    days: [...cellsOf(release, period)].map((cell) => {
      const all = service.days.get(cell.day);
      const usesOfDay = cell.uses().uses;
      const usersOfDay = cell.userCount();
      return {
        day: dayText(cell.day),
        uses: usesOfDay,
        users: usersOfDay,
        ...share('shareOfUses', usesOfDay, all?.uses().uses ?? 0),
        ...share('shareOfUsers', usersOfDay, all?.userCount() ?? 0),
      };
    }),
  };
}
