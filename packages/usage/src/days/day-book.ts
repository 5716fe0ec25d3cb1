import type { DurableState, RestoreResult, StateEntry } from '@otel-monitor/runtime';
import { DayWatch } from '../book/day-watch.js';
import { retentionDays } from '../book/retention-days.js';
import { utcDay } from '../book/utc-day.js';
import { DayEntry } from './day-entry.js';
import { dayKey, readDayKey } from './day-key.js';

/** Counts of one name and day: live while they change, JSON when they rest. */
export interface DayCounts {
  toValue(): unknown;
  /** Adds what the other one has counted. */
  merge(other: DayCounts): void;
  /** It is not needed any more; what it took from bounds is given back. */
  release(): void;
}

/** How counts of one kind are made. */
export interface DayKind<T extends DayCounts> {
  create(): T;
  /** Counts from what `toValue` gave; undefined when it is no such thing. Total on any input. */
  read(value: unknown): T | undefined;
  /** Called before counts are told or kept: what is still to be added can be added now. */
  settle?(): void;
}

/** What did not fit. */
export interface DayLosses {
  /** Names that were asked for and counted under `_OTHER`. */
  names: number;
  /** Days that left before their time. */
  days: number;
}

/** The name that takes what does not fit. */
export const OTHER_NAME = '_OTHER';
const MAX_NAMES = 200;
/** Characters of all days at rest. */
const MAX_RESTING = 4_000_000;
const MAX_GONE = 10_000;

/**
 * Counts by name and UTC day, within `usage.retentionDays`. Those of today and yesterday are live; older ones rest as text
 * until somebody asks. Bounded in names a day and in text altogether; what does not fit is counted.
 */
export class DayBook<T extends DayCounts> implements DurableState {
  readonly losses: DayLosses = { names: 0, days: 0 };
  readonly #days = new Map<number, Map<string, DayEntry<T>>>();
  readonly #changed = new Set<DayEntry<T>>();
  readonly #gone = new Set<string>();
  #today = Number.NaN;
  readonly #watch = new DayWatch();
  /** The clock says a day that is not believed yet. */
  #isAhead = false;
  #firstKept = Number.NEGATIVE_INFINITY;
  #resting = 0;

  constructor(
    readonly name: string,
    readonly version: number,
    private readonly kind: DayKind<T>,
  ) {}

  /** The counts of a name for today, or of `_OTHER` when the day has no room for the name. */
  today(name: string): DayEntry<T> {
    return this.#entry(this.currentDay(), name);
  }

  /** Number of the current UTC day; with a new one, older ones go to rest or leave. */
  currentDay(): number {
    const today = utcDay(Date.now());
    if (today !== this.#today || this.#isAhead) {
      const believed = this.#watch.believe(today, performance.now());
      const isNew = today !== this.#today || believed === today;
      this.#today = today;
      this.#isAhead = believed !== today;
      this.#firstKept = believed - retentionDays() + 1;
      if (isNew) this.#tidy();
    }
    return today;
  }

  /** What there is of the last `days` days, the oldest first; today is one of them. */
  *last(days: number): Generator<DayEntry<T>> {
    this.kind.settle?.();
    const today = this.currentDay();
    const asked = [...this.#days.keys()]
      .filter((day) => day <= today && day > today - days && day >= this.#firstKept)
      .sort((a, b) => a - b);
    for (const day of asked) yield* this.#days.get(day)?.values() ?? [];
  }

  *entries(): Generator<StateEntry> {
    this.kind.settle?.();
    this.currentDay();
    for (const named of this.#days.values()) for (const entry of named.values()) yield [entry.key, entry.value()];
  }

  takeChanges(): StateEntry[] {
    this.kind.settle?.();
    this.currentDay();
    const changes: StateEntry[] = [...this.#gone].map((key) => [key, undefined]);
    this.#gone.clear();
    for (const entry of this.#changed) {
      changes.push([entry.key, entry.value()]);
      entry.taken();
    }
    this.#changed.clear();
    return changes;
  }

  restore(entries: Iterable<StateEntry>, version: number): RestoreResult {
    const result = { restored: 0, expired: 0, refused: 0 };
    this.currentDay();
    const restored = new Set<DayEntry<T>>();
    try {
      for (const entry of entries) result[this.#restoreOne(entry, version, restored)] += 1;
    } catch {
      // what cannot be iterated any further: what came until then is kept
      result.refused += 1;
    }
    for (const entry of restored) if (entry.day < this.#today - 1) entry.rest();
    this.#makeRoom();
    return result;
  }

  /** The runs in progress, by the key of their name and day. */
  *running(): Generator<readonly [key: string, runs: number]> {
    for (const named of this.#days.values()) {
      for (const { key, running } of named.values()) if (running > 0) yield [key, running];
    }
  }

  /** Adds runs that are in progress in another process; false where the key is none, or too old. */
  addRunning(key: string, runs: number): boolean {
    const read = readDayKey(key);
    this.currentDay();
    if (read === undefined || read.day < this.#firstKept) return false;
    this.#entry(read.day, read.name).running += runs;
    return true;
  }

  // for entries

  /** @internal */
  changed(entry: DayEntry<T>): void {
    this.#changed.add(entry);
  }

  /** @internal */
  rested(characters: number): void {
    this.#resting += characters;
  }

  /** @internal */
  read(text: string): T {
    return this.kind.read(JSON.parse(text)) ?? this.kind.create();
  }

  /** @internal */
  create(): T {
    return this.kind.create();
  }

  #restoreOne(entry: StateEntry, version: number, restored: Set<DayEntry<T>>): keyof RestoreResult {
    const key = readDayKey(entry?.[0]);
    if (version !== this.version || key === undefined) return 'refused';
    if (key.day < this.#firstKept) return 'expired';
    const counts = this.kind.read(entry[1]);
    if (counts === undefined) return 'refused';
    const into = this.#entry(key.day, key.name);
    into.open().merge(counts);
    counts.release();
    restored.add(into);
    return 'restored';
  }

  #entry(day: number, name: string): DayEntry<T> {
    let named = this.#days.get(day);
    if (named === undefined) {
      named = new Map();
      this.#days.set(day, named);
    }
    const known = named.get(name);
    if (known !== undefined) return known;
    if (named.size >= MAX_NAMES && name !== OTHER_NAME) {
      this.losses.names += 1;
      return this.#entry(day, OTHER_NAME);
    }
    const made = new DayEntry<T>(this, day, name, dayKey(day, name));
    named.set(name, made);
    return made;
  }

  #tidy(): void {
    for (const [day, named] of this.#days) {
      if (day < this.#firstKept) this.#drop(day);
      else if (day < this.#today - 1) for (const entry of named.values()) entry.rest();
    }
    this.#makeRoom();
  }

  #makeRoom(): void {
    while (this.#resting > MAX_RESTING) {
      this.losses.days += 1;
      this.#drop(Math.min(...this.#days.keys()));
    }
  }

  #drop(day: number): void {
    for (const entry of this.#days.get(day)?.values() ?? []) {
      this.#changed.delete(entry);
      if (entry.isKeptElsewhere && this.#gone.size < MAX_GONE) this.#gone.add(entry.key);
      entry.leave();
    }
    this.#days.delete(day);
  }
}
