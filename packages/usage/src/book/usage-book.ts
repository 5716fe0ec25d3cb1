import { cleanName, ownCost, runtimeState } from '@otel-monitor/runtime';
import { BookSize } from './book-size.js';
import { BookUsers } from './book-users.js';
import { ChangedCells } from './changed-cells.js';
import type { DayCell } from './day-cell.js';
import { DayWatch } from './day-watch.js';
import { type DroppedUsage, nothingDropped } from './dropped-usage.js';
import { FeatureActionUse } from './feature-action-use.js';
import { retentionDays } from './retention-days.js';
import { Subject } from './subject.js';
import { Subjects } from './subjects.js';
import { Today } from './today.js';
import { utcDay } from './utc-day.js';

export const MAX_FEATURES = 500;
export const MAX_RELEASES = 50;

/**
 * What the process knows of the use of its features, day by day, and of the users behind it. All monitors write into the
 * same book. It is bounded: by days, by names and by bytes; what left is counted.
 */
export class UsageBook {
  readonly dropped: DroppedUsage = nothingDropped();
  readonly changes = new ChangedCells();
  readonly size: BookSize = new BookSize(this);
  readonly users: BookUsers = new BookUsers(this);
  readonly service = new Subject('s', '');
  readonly features = new Subjects('f', MAX_FEATURES, (subject) => this.#leaves(subject, 'features'));
  readonly releases = new Subjects('r', MAX_RELEASES, (subject) => this.#leaves(subject, 'releases'));
  readonly #watch = new DayWatch();
  #today: Today | undefined;

  /**
   * @param now milliseconds since 1970, of a clock that may be set
   * @param elapsed milliseconds of a clock that may not
   * @param isOwn whether it is the book of this process: what that holds is a part of the monitor's own cost
   */
  constructor(
    readonly now: () => number = () => Date.now(),
    private readonly elapsed: () => number = () => performance.now(),
    isOwn = true,
  ) {
    if (isOwn) ownCost.memoryHeld('usage', () => this.size.bytes);
  }

  /** An action of a feature, to be kept by whoever counts its uses. Names are those that are shown. */
  action(feature: string, action: string): FeatureActionUse {
    return new FeatureActionUse(this, feature, action);
  }

  /** The day that uses are counted on, or would be. */
  get day(): number {
    return this.#today?.day ?? utcDay(this.now());
  }

  /** The day that it is, for the release that runs. */
  today(nowMillis: number): Today {
    const today = this.#today;
    if (
      today !== undefined &&
      nowMillis >= today.start &&
      nowMillis < today.end &&
      today.releaseName === runtimeState.release
    )
      return today;
    return this.#turnTo(utcDay(nowMillis), nowMillis);
  }

  /** Counts somebody as a user of the service and of the release that runs. What is no id is left out. */
  activeUser(given: unknown): void {
    const now = this.now();
    this.users.count(given, this.today(now), now);
  }

  /** Looks the day up anew at the next use: what is there has changed. */
  turn(): void {
    this.#today = undefined;
  }

  /** Every day of everything. */
  *cells(): Generator<DayCell> {
    for (const subject of this.subjects()) yield* subject.days.values();
  }

  *subjects(): Generator<Subject> {
    yield this.service;
    yield* this.releases.values();
    yield* this.features.values();
  }

  /** Takes a day out; its feature or release goes with the last one. */
  remove(cell: DayCell): void {
    const { subject, day } = cell;
    subject.days.delete(day);
    if (subject.kind === 'f' && day === this.#today?.day) this.#today.actionCount -= cell.actions.size;
    this.changes.removed(cell);
    if (subject.days.size > 0) return;
    if (subject.kind === 'f') this.features.delete(subject);
    if (subject.kind === 'r') this.releases.delete(subject);
  }

  /** The first day that is kept. */
  firstKeptDay(): number {
    return this.#watch.believe(utcDay(this.now()), this.elapsed()) - retentionDays() + 1;
  }

  /** Takes out what is older than is kept. */
  expire(): void {
    const first = this.firstKeptDay();
    for (const cell of [...this.cells()]) if (cell.day < first) this.remove(cell);
  }

  #turnTo(day: number, nowMillis: number): Today {
    if (this.#today?.day !== day) {
      this.expire();
      this.size.recount(day);
    }
    const releaseName = runtimeState.release;
    const release =
      typeof releaseName === 'string' ? this.releases.get(cleanName(releaseName), nowMillis).day(day) : undefined;
    const today = new Today(day, this.service.day(day), releaseName, release);
    for (const { days } of this.features.values()) today.actionCount += days.get(day)?.actions.size ?? 0;
    this.#today = today;
    return today;
  }

  #leaves(subject: Subject, what: 'features' | 'releases'): void {
    this.dropped[what] += 1;
    for (const cell of [...subject.days.values()]) this.remove(cell);
    // the release that runs may be among them
    if (what === 'releases') this.turn();
  }
}
