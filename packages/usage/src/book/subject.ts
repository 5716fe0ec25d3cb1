import { DayCell } from './day-cell.js';

/** What a book has days of: a feature, a release, the service as a whole. The letter stands before its keys on disk. */
export type SubjectKind = 'f' | 'r' | 's';

/** One of them, with its days. */
export class Subject {
  readonly days = new Map<number, DayCell>();
  /** Time of the last use, in milliseconds since 1970. */
  lastUsedMillis = 0;

  constructor(
    readonly kind: SubjectKind,
    readonly name: string,
  ) {}

  /** The cell of a day, a new one where there is none. */
  day(day: number): DayCell {
    let cell = this.days.get(day);
    if (cell === undefined) {
      cell = new DayCell(this, day);
      this.days.set(day, cell);
    }
    return cell;
  }

  /** The earliest day that something is known of; undefined when there is none. */
  firstDay(): number | undefined {
    return this.days.size === 0 ? undefined : Math.min(...this.days.keys());
  }

  lastDay(): number | undefined {
    return this.days.size === 0 ? undefined : Math.max(...this.days.keys());
  }
}
