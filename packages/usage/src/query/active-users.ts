import type { Subject } from '../book/subject.js';
import { dayText } from '../book/utc-day.js';
import { daysUntil } from './period.js';
import { MONTH_DAYS, WEEK_DAYS } from './query-options.js';
import { change } from './share.js';
import type { UsersOfSubject } from './users-of-subject.js';

/** Users of the last day, 7 days or 28 days, today with what it has so far. */
export interface ActiveInPeriod {
  readonly users: number;
  /** The whole days of such a period, ending yesterday, against those before; left out where there were no users before. */
  readonly change?: number;
}

/** Users active today, in 7 days and in 28 days. Days are those of UTC. */
export interface ActiveUsers {
  readonly daily: ActiveInPeriod;
  readonly weekly: ActiveInPeriod;
  readonly monthly: ActiveInPeriod;
}

/** Users of one day. */
export interface UsersOfDay {
  /** `2026-11-24`. */
  readonly day: string;
  readonly users: number;
}

/** Active users of the service, and how many there were on each of the last days. */
export interface ActiveUsersByDay extends ActiveUsers {
  /** In order, today last; days without users are in it. */
  readonly days: readonly UsersOfDay[];
}

const LENGTHS = [1, WEEK_DAYS, MONTH_DAYS] as const;

export function activeUsers(users: UsersOfSubject, today: number): ActiveUsers {
  const now = users.until(today, LENGTHS);
  const untilYesterday = users.until(today - 1, LENGTHS);
  const active = LENGTHS.map((days, index) => ({
    users: now[index] ?? 0,
    ...change('change', untilYesterday[index] ?? 0, users.of(daysUntil(today - 1 - days, days))),
  }));
  const [daily, weekly, monthly] = active as [ActiveInPeriod, ActiveInPeriod, ActiveInPeriod];
  return { daily, weekly, monthly };
}

/** The users of each of the last days. */
export function usersByDay(subject: Subject, today: number, days: number): UsersOfDay[] {
  return Array.from({ length: days }, (_, index) => {
    const day = today - days + 1 + index;
    return { day: dayText(day), users: subject.days.get(day)?.userCount() ?? 0 };
  });
}
