import { ActionTally } from './action-tally.js';
import { type DayCell, OTHER_ACTION } from './day-cell.js';
import type { Today } from './today.js';
import type { UsageBook } from './usage-book.js';

/** An action of a feature, and where its uses of today are counted: looked up once a day, not at each use. */
export class FeatureActionUse {
  #today: Today | undefined;
  #cell: DayCell | undefined;
  #tally = new ActionTally();
  #isOther = false;

  constructor(
    private readonly book: UsageBook,
    private readonly feature: string,
    private readonly action: string,
  ) {}

  /** Counts a use. What is no duration or no id of a user is left out. */
  count(isFailure: boolean, durationSeconds: unknown, userId: unknown): void {
    const { book } = this;
    const now = book.now();
    const today = book.today(now);
    let cell = this.#cell;
    if (cell === undefined || today !== this.#today || cell.isGone) cell = this.#find(today, now);
    this.#tally.count(isFailure, durationSeconds);
    today.count(isFailure);
    cell.subject.lastUsedMillis = now;
    if (!cell.hasUnwrittenNumbers) book.changes.numbers(cell, today);
    if (this.#isOther) book.dropped.otherActions += 1;
    if (userId !== undefined && userId !== null) book.users.count(userId, today, now, cell);
  }

  #find(today: Today, now: number): DayCell {
    const cell = this.book.features.get(this.feature, now).day(today.day);
    const { size } = cell.actions;
    this.#tally = cell.tally(this.action, today.hasRoom ? undefined : 0);
    this.#isOther = this.action !== OTHER_ACTION && this.#tally === cell.actions.get(OTHER_ACTION);
    this.#today = today;
    this.#cell = cell;
    this.book.changes.numbers(cell, today);
    if (cell.actions.size > size) {
      today.actionCount += 1;
      this.book.size.grew(size === 0 ? cell.bytes : this.#tally.bytes, today.day);
    }
    return cell;
  }
}
