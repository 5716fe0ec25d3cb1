import { ActionTally } from '../book/action-tally.js';
import type { Subject } from '../book/subject.js';
import { UserUnion } from '../users/user-sketches.js';

/** Days, the first and the last of them included. */
export interface Period {
  readonly first: number;
  readonly last: number;
}

/** So many days, the last of them `last`. */
export function daysUntil(last: number, days: number): Period {
  return { first: last - days + 1, last };
}

/** The days of a period that something is known of, in order. */
export function* cellsOf(subject: Subject, { first, last }: Period) {
  if (last - first < subject.days.size) {
    for (let day = first; day <= last; day += 1) {
      const cell = subject.days.get(day);
      if (cell !== undefined) yield cell;
    }
    return;
  }
  const days = [...subject.days.keys()].filter((day) => day >= first && day <= last);
  for (const day of days.sort((one, other) => one - other)) yield subject.day(day);
}

/** Whole users of a period: each counts once, however many days they came. */
export function usersOf(subject: Subject, period: Period): number {
  const union = new UserUnion();
  for (const { users, forgottenUsers } of cellsOf(subject, period)) union.add(users, forgottenUsers);
  return union.count();
}

/** Users of several periods that end on the same day, in one walk over the days; `lengths` in ascending order. */
export function usersUntil(subject: Subject, last: number, lengths: readonly number[]): number[] {
  const union = new UserUnion();
  let from = 1;
  return lengths.map((length) => {
    for (; from <= length; from += 1) {
      const cell = subject.days.get(last - from + 1);
      if (cell !== undefined) union.add(cell.users, cell.forgottenUsers);
    }
    return union.count();
  });
}

/** What was counted in a period, by action. */
export function talliesOf(subject: Subject, period: Period): Map<string, ActionTally> {
  const tallies = new Map<string, ActionTally>();
  for (const { actions } of cellsOf(subject, period)) {
    for (const [action, tally] of actions) {
      const sum = tallies.get(action) ?? new ActionTally();
      sum.merge(tally);
      tallies.set(action, sum);
    }
  }
  return tallies;
}

/** All of it together. */
export function totalOf(tallies: Iterable<ActionTally>): ActionTally {
  const total = new ActionTally();
  for (const tally of tallies) total.merge(tally);
  return total;
}

/** How many uses there were; cheaper than the tallies where nothing else is wanted. */
export function usesOf(subject: Subject, period: Period): { uses: number; failures: number } {
  const sum = { uses: 0, failures: 0 };
  for (const { actions } of cellsOf(subject, period)) {
    for (const { uses, failures } of actions.values()) {
      sum.uses += uses;
      sum.failures += failures;
    }
  }
  return sum;
}
