import { type DurableState, type RestoreResult, report, type StateEntry } from '@otel-monitor/runtime';
import type { SketchLog } from '../users/sketch-log.js';
import type { DayCell } from './day-cell.js';
import { numbersKey, partKey } from './entry-keys.js';
import { numbersValue } from './numbers-value.js';
import { restoreUsage } from './restore-usage.js';
import type { UsageBook } from './usage-book.js';

/**
 * What of the book outlives the process: for each day of a feature, of a release and of the service an entry with what was
 * counted, and entries with the sketches of its users. No entry is larger than 8 KB or so.
 */
export class BookState implements DurableState {
  readonly name = 'usage';
  readonly version = 1;

  constructor(private readonly book: UsageBook) {}

  /** Day by day: whoever writes them may let others work in between. */
  *entries(areKept = true): Generator<StateEntry> {
    this.book.users.settle();
    for (const cell of this.book.cells()) {
      if (areKept) cell.isWritten = true;
      yield this.#numbers(cell);
      for (const log of cell.users.logs) if (!this.book.users.isOwn(log)) yield partEntry(cell, log, log.whole());
    }
  }

  takeChanges(): StateEntry[] {
    this.book.users.settle();
    const { gone, changed } = this.book.changes.take();
    // what is gone first: the same may have come anew
    const entries: StateEntry[] = gone.map((key) => [key, undefined]);
    for (const cell of changed) {
      cell.isWritten = true;
      const { logs } = cell.users;
      const hasOwn = cell.hasUnwrittenUsers && logs.some((log) => this.book.users.isOwn(log));
      if (cell.hasUnwrittenNumbers || hasOwn) entries.push(this.#numbers(cell));
      for (const log of cell.hasUnwrittenUsers ? logs : []) {
        if (this.book.users.isOwn(log)) continue;
        for (const part of log.takeParts()) entries.push(partEntry(cell, log, part));
      }
      cell.hasUnwrittenNumbers = false;
      cell.hasUnwrittenUsers = false;
    }
    return entries;
  }

  /** A sketch of a key that nobody else has is written as the number of its users: less than the truth, not more. */
  #numbers(cell: DayCell): StateEntry {
    let known = cell.forgottenUsers;
    for (const log of cell.users.logs) {
      if (this.book.users.isOwn(log)) known = Math.max(known, Math.round(log.sketch.estimate()));
    }
    return [numbersKey(cell), numbersValue(cell, known)];
  }

  restore(entries: Iterable<StateEntry>, version: number): RestoreResult {
    const result = restoreUsage(this.book, version === this.version ? entries : []);
    if (version === this.version) return result;
    report('usage state', `what was kept of usage has version ${version} and is left out`);
    return { restored: 0, expired: 0, refused: count(entries) };
  }
}

function partEntry(cell: DayCell, log: SketchLog, [number, text]: readonly [number, string | undefined]): StateEntry {
  return [partKey(cell, log.keyId, number), text];
}

function count(entries: Iterable<StateEntry>): number {
  let sum = 0;
  try {
    for (const _ of entries) sum += 1;
  } catch {
    // what cannot be read cannot be counted either
  }
  return sum;
}
