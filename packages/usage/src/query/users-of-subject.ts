import type { Subject } from '../book/subject.js';
import { UserUnion } from '../users/user-sketches.js';
import { cellsOf, type Period } from './period.js';

/** How many users something had in a period. To unite sketches is most of what an answer costs: each period is counted once. */
export class UsersOfSubject {
  readonly #known = new Map<string, number>();

  constructor(readonly subject: Subject) {}

  /** Whole users: each counts once, however many days they came. */
  of(period: Period): number {
    const key = `${period.first} ${period.last}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const union = new UserUnion();
    for (const cell of cellsOf(this.subject, period)) union.add(cell);
    const count = union.count();
    this.#known.set(key, count);
    return count;
  }

  /** Of several periods that end on the same day, in one walk over the days; `lengths` in ascending order. */
  until(last: number, lengths: readonly number[]): number[] {
    const union = new UserUnion();
    let from = 1;
    return lengths.map((length) => {
      for (; from <= length; from += 1) {
        const cell = this.subject.days.get(last - from + 1);
        if (cell !== undefined) union.add(cell);
      }
      const count = union.count();
      this.#known.set(`${last - length + 1} ${last}`, count);
      return count;
    });
  }
}

/** Users of a period where nothing else is asked of the same. */
export function usersOf(subject: Subject, period: Period): number {
  return new UsersOfSubject(subject).of(period);
}
