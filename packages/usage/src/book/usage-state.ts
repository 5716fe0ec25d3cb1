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
  *entries(): Generator<StateEntry> {
    this.book.settle();
    for (const cell of this.book.cells()) {
      cell.isWritten = true;
      yield [numbersKey(cell), numbersValue(cell)];
      for (const log of cell.users.logs) yield partEntry(cell, log, log.whole());
    }
  }

  takeChanges(): StateEntry[] {
    this.book.settle();
    const { gone, changed } = this.book.changes.take();
    // what is gone first: the same may have come anew
    const entries: StateEntry[] = gone.map((key) => [key, undefined]);
    for (const cell of changed) {
      cell.isWritten = true;
      if (cell.hasUnwrittenNumbers) entries.push([numbersKey(cell), numbersValue(cell)]);
      if (cell.hasUnwrittenUsers) {
        for (const log of cell.users.logs) {
          for (const part of log.takeParts()) entries.push(partEntry(cell, log, part));
        }
      }
      cell.hasUnwrittenNumbers = false;
      cell.hasUnwrittenUsers = false;
    }
    return entries;
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
