import type { DurableState, RestoreResult, StateEntry } from '@otel-monitor/runtime';

/** Counts by key, as a state: what the tests keep. Each has a text beside it, so that entries are large enough to be patched. */
export class Counts implements DurableState {
  readonly counts = new Map<string, number>();
  readonly #changed = new Set<string>();

  constructor(
    readonly name = 'counts',
    readonly version = 1,
    private readonly text = '',
  ) {}

  add(key: string, more = 1): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + more);
    this.#changed.add(key);
  }

  remove(key: string): void {
    this.counts.delete(key);
    this.#changed.add(key);
  }

  *entries(): Iterable<StateEntry> {
    for (const [key, count] of this.counts) yield [key, { count, text: this.text }];
  }

  *takeChanges(): Iterable<StateEntry> {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const key of changed) {
      const count = this.counts.get(key);
      yield [key, count === undefined ? undefined : { count, text: this.text }];
    }
  }

  restore(entries: Iterable<StateEntry>, version: number): RestoreResult {
    const result = { restored: 0, expired: 0, refused: 0 };
    for (const [key, value] of entries) {
      const count = (value as { count?: unknown } | null)?.count;
      if (version !== this.version || typeof count !== 'number') result.refused += 1;
      else {
        // what was restored counts as changed, as it does where a group is touched by it
        this.add(key, count);
        result.restored += 1;
      }
    }
    return result;
  }

  get all(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
