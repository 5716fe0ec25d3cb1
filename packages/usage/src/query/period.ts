import { ActionTally } from '../book/action-tally.js';
import type { Uses } from '../book/day-cell.js';
import type { Subject } from '../book/subject.js';

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
export function usesOf(subject: Subject, period: Period): Uses {
  const sum = { uses: 0, failures: 0 };
  for (const cell of cellsOf(subject, period)) {
    const { uses, failures } = cell.uses();
    sum.uses += uses;
    sum.failures += failures;
  }
  return sum;
}
