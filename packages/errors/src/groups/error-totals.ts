import type { DurableState, RestoreResult, StateEntry } from '@otel-monitor/runtime';
import { ERROR_SEVERITIES } from '@otel-monitor/semconv';
import { areWindowCounts, type WindowCounts } from './count-windows.js';
import type { ErrorGroups } from './error-groups.js';

const VERSION = 1;
const KEY = 'totals';
/** Processes of one service whose clocks differ by more are no service. */
const MAX_AHEAD_MILLIS = 24 * 3_600_000;

/** What one process counted beside its groups, in the order of `numbersOf`, and the windows of all errors. */
interface Totals {
  readonly numbers: readonly number[];
  readonly windows: WindowCounts;
}

/**
 * What is counted of all errors of a process: those of groups that left are in it, and what became of records. It is told to
 * other processes as it is now, and not kept: whoever starts anew counts anew.
 */
export class ErrorTotals implements Pick<DurableState, 'name' | 'version' | 'entries' | 'restore'> {
  readonly name = 'error-totals';
  readonly version = VERSION;

  constructor(
    private readonly groups: ErrorGroups,
    private readonly now: () => number = () => Date.now(),
  ) {}

  *entries(): Generator<StateEntry> {
    const { windows, allRow } = this.groups;
    const totals: Totals = { numbers: numbersOf(this.groups), windows: windows.counts(allRow) };
    yield [KEY, totals];
  }

  /** Adds what another process has counted. Total on any input; never throws. */
  restore(entries: Iterable<StateEntry>, version: number): RestoreResult {
    const result = { restored: 0, expired: 0, refused: 0 };
    try {
      for (const [key, given] of entries) {
        const isTold = key === KEY && version === VERSION && isTotals(given, this.now());
        if (isTold) this.#add(given);
        result[isTold ? 'restored' : 'refused'] += 1;
      }
    } catch {
      result.refused += 1;
    }
    return result;
  }

  #add({ numbers, windows }: Totals): void {
    const { severities, evicted, expired, records, texts } = this.groups;
    const next = numbers[Symbol.iterator]();
    const add = <Key extends string>(to: Record<Key, number>, ...keys: Key[]) => {
      for (const key of keys) to[key] += next.next().value as number;
    };
    add(severities, ...ERROR_SEVERITIES);
    add(evicted, 'groups', 'errors');
    add(expired, 'groups', 'errors');
    add(records, 'written', 'heldBack', 'sampledOut');
    add(texts, 'samplesEvicted', 'stacksShortened');
    this.groups.windows.join(this.groups.allRow, windows);
  }
}

function numbersOf({ severities, evicted, expired, records, texts }: ErrorGroups): number[] {
  return [
    ...ERROR_SEVERITIES.map((severity) => severities[severity]),
    ...[evicted.groups, evicted.errors, expired.groups, expired.errors],
    ...[records.written, records.heldBack, records.sampledOut],
    ...[texts.samplesEvicted, texts.stacksShortened],
  ];
}

const NUMBERS = ERROR_SEVERITIES.length + 9;

function isTotals(given: unknown, now: number): given is Totals {
  if (typeof given !== 'object' || given === null) return false;
  const { numbers, windows } = given as { readonly [Key in keyof Totals]?: unknown };
  return (
    Array.isArray(numbers) &&
    numbers.length === NUMBERS &&
    numbers.every((number) => Number.isSafeInteger(number) && number >= 0) &&
    areWindowCounts(windows, now + MAX_AHEAD_MILLIS)
  );
}
