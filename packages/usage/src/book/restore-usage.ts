import { cleanName, type RestoreResult, type StateEntry } from '@otel-monitor/runtime';
import type { HyperLogLog } from '../sketch/hyper-log-log.js';
import { sketchOfText } from '../sketch/sketch-text.js';
import { NO_ACTION } from './day-cell.js';
import { type EntryKey, readEntryKey } from './entry-keys.js';
import { type ReadNumbers, readNumbers } from './numbers-value.js';
import type { Subject } from './subject.js';
import type { UsageBook } from './usage-book.js';
import { DAY_MILLIS } from './utc-day.js';

/** A state has never more entries than that: what holds more was not written by us. */
const MAX_ENTRIES = 500_000;

/** An entry, read: numbers, or a part of a sketch. */
interface Kept {
  readonly key: EntryKey;
  readonly numbers?: ReadNumbers;
  readonly sketch?: HyperLogLog;
}

/**
 * Adds what another process kept to a book: counts add up, sketches are united. Nothing of it counts as changed: whoever
 * restores has it on disk, or writes all entries then. Total on what files can hold.
 */
export function restoreUsage(book: UsageBook, entries: Iterable<StateEntry>): RestoreResult {
  const result = { restored: 0, expired: 0, refused: 0 };
  const firstDay = book.firstKeptDay();
  const bySubject = new Map<string, Kept[]>();
  for (const entry of readable(entries)) {
    const kept = readEntry(entry);
    if (kept === undefined) {
      result.refused += 1;
    } else if (kept.key.day < firstDay) {
      result.expired += 1;
    } else {
      const name = `${kept.key.kind}|${kept.key.name}`;
      const others = bySubject.get(name);
      if (others === undefined) bySubject.set(name, [kept]);
      else others.push(kept);
    }
  }
  // those used longest ago first, so that it is they who leave where there are too many
  const inOrder = [...bySubject.values()].map((all) => ({ all, lastUsed: lastUsed(all) }));
  inOrder.sort((one, other) => one.lastUsed - other.lastUsed);
  for (const { all, lastUsed } of inOrder) {
    const days = new Set(all.map(({ key }) => key.day)).size;
    const subject = subjectOf(book, all[0] as Kept, lastUsed, days);
    if (subject === undefined) {
      // as old as what had to leave by now
      result.expired += all.length;
      book.dropped.days += all.filter(({ numbers }) => numbers !== undefined).length;
      continue;
    }
    for (const kept of all) {
      if (add(book, subject, kept)) result.restored += 1;
      else result.refused += 1;
    }
  }
  return result;
}

function readEntry(entry: unknown): Kept | undefined {
  if (!Array.isArray(entry)) return undefined;
  const key = readEntryKey(entry[0]);
  if (key === undefined) return undefined;
  if (key.part !== undefined) {
    const sketch = sketchOfText(entry[1]);
    return sketch && { key, sketch };
  }
  const numbers = readNumbers(entry[1]);
  return numbers && { key, numbers };
}

function lastUsed(all: readonly Kept[]): number {
  return Math.max(...all.map(({ key, numbers }) => Math.min(numbers?.lastUsedMillis ?? 0, (key.day + 1) * DAY_MILLIS)));
}

/** Undefined where there are so many that were used later that it has no room. */
function subjectOf(
  book: UsageBook,
  { key: { kind, name } }: Kept,
  lastUsedMillis: number,
  days: number,
): Subject | undefined {
  if (kind === 's') return book.service;
  // the policy of today holds for names of yesterday
  return (kind === 'f' ? book.features : book.releases).getLate(cleanName(name), lastUsedMillis, days);
}

/** False: a sketch whose key is one too many. */
function add(book: UsageBook, subject: Subject, { key, numbers, sketch }: Kept): boolean {
  const isNew = !subject.days.has(key.day);
  const cell = subject.day(key.day);
  const before = isNew ? 0 : cell.bytes;
  if (key.part !== undefined && sketch !== undefined) {
    const log = cell.users.ofKey(key.part.keyId);
    if (log === undefined) {
      book.dropped.users += 1;
      return false;
    }
    log.restore(key.part.number, sketch);
  }
  if (numbers !== undefined) {
    cell.forgottenUsers = Math.max(cell.forgottenUsers, numbers.forgottenUsers);
    for (const [action, tally] of numbers.actions) cell.tally(shownAction(subject, action)).merge(tally);
  }
  cell.isWritten = true;
  book.size.packOld(cell, book.day);
  book.size.grew(cell.bytes - before, book.day);
  return true;
}

function shownAction({ kind }: Subject, action: string): string {
  return kind === 'f' ? cleanName(action) : NO_ACTION;
}

/** The entries, as far as they can be read. */
function* readable(entries: Iterable<StateEntry>): Generator<StateEntry> {
  let count = 0;
  try {
    for (const entry of entries) {
      count += 1;
      if (count > MAX_ENTRIES) return;
      yield entry;
    }
  } catch {
    // what was read until then is used
  }
}
