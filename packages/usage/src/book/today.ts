import type { ActionTally } from './action-tally.js';
import { type DayCell, NO_ACTION } from './day-cell.js';
import { DAY_MILLIS } from './utc-day.js';

/** As many as a metric has series by default. */
const MAX_ACTIONS_OF_DAY = 2000;

/** What all uses of the day that it is now have in common. */
export class Today {
  readonly start: number;
  readonly end: number;
  /** How many actions of all features are told apart by now. */
  actionCount = 0;
  readonly #service: ActionTally;
  readonly #ofRelease: ActionTally | undefined;

  constructor(
    readonly day: number,
    readonly service: DayCell,
    /** As `runtimeState` has it. */
    readonly releaseName: string | undefined,
    /** Undefined while nobody has told which release runs. */
    readonly release: DayCell | undefined,
  ) {
    this.start = day * DAY_MILLIS;
    this.end = this.start + DAY_MILLIS;
    this.#service = service.tally(NO_ACTION);
    this.#ofRelease = release?.tally(NO_ACTION);
  }

  /** Whether it has room for another action; further ones are counted under `_OTHER`. */
  get hasRoom(): boolean {
    return this.actionCount < MAX_ACTIONS_OF_DAY;
  }

  count(isFailure: boolean): void {
    this.#service.uses += 1;
    if (isFailure) this.#service.failures += 1;
    if (this.#ofRelease === undefined) return;
    this.#ofRelease.uses += 1;
    if (isFailure) this.#ofRelease.failures += 1;
  }
}
