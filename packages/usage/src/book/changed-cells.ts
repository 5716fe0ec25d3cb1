import type { SketchLog } from '../users/sketch-log.js';
import type { DayCell } from './day-cell.js';
import { numbersKey, partKey } from './entry-keys.js';
import type { Today } from './today.js';

/** The days that have changed since they were last written, and the keys of what is gone. */
export class ChangedCells {
  readonly #changed = new Set<DayCell>();
  readonly #gone = new Set<string>();

  /** A use was counted; of the service and its release too. */
  numbers(cell: DayCell, today: Today): void {
    this.#numbers(cell);
    this.#numbers(today.service);
    if (today.release !== undefined) this.#numbers(today.release);
  }

  users(cell: DayCell): void {
    if (cell.hasUnwrittenUsers) return;
    cell.hasUnwrittenUsers = true;
    this.#changed.add(cell);
  }

  /** All of it is to be written. */
  everything(cell: DayCell): void {
    this.#numbers(cell);
    this.users(cell);
  }

  /** A sketch has left its cell. */
  forgotten(cell: DayCell, log: SketchLog | undefined): void {
    if (log === undefined || !cell.isWritten) return;
    for (const [number] of log.goneParts()) this.#gone.add(partKey(cell, log.keyId, number));
  }

  /** The cell has left the book. */
  removed(cell: DayCell): void {
    cell.isGone = true;
    this.#changed.delete(cell);
    if (!cell.isWritten) return;
    this.#gone.add(numbersKey(cell));
    for (const log of cell.users.logs) this.forgotten(cell, log);
  }

  /** Gives both, once. */
  take(): { gone: string[]; changed: DayCell[] } {
    const taken = { gone: [...this.#gone], changed: [...this.#changed] };
    this.#gone.clear();
    this.#changed.clear();
    return taken;
  }

  #numbers(cell: DayCell): void {
    if (cell.hasUnwrittenNumbers) return;
    cell.hasUnwrittenNumbers = true;
    this.#changed.add(cell);
  }
}
