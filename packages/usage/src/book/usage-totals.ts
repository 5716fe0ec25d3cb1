import type { DurableState, RestoreResult, StateEntry } from '@otel-monitor/runtime';
import type { FlagLosses, FlagStore } from '../flags/flag-store.js';
import type { WorkflowLosses, WorkflowStore } from '../funnels/workflow-store.js';
import type { UsageLosses } from '../query/usage-summary.js';
import type { UsageBook } from './usage-book.js';

const VERSION = 1;
const RUNNING = 'running/';

/** What there is of usage in a process, or of several as one. */
export interface UsageStores {
  readonly book: UsageBook;
  readonly workflows: WorkflowStore;
  readonly flags: FlagStore;
}

/**
 * What of usage is of this moment: runs in progress, and what the bounds made leave. It is told to other processes, and not
 * kept: whoever starts anew has no runs, and counts losses anew.
 */
export class UsageTotals implements Pick<DurableState, 'name' | 'version' | 'entries' | 'restore'> {
  readonly name = 'usage-totals';
  readonly version = VERSION;
  readonly #workflows = { runs: 0, workflows: 0, steps: 0, days: 0 } satisfies WorkflowLosses;
  readonly #flags = { variants: 0, forgotten: 0, days: 0, unreadable: 0 } satisfies FlagLosses;

  constructor(private readonly stores: UsageStores) {}

  *entries(): Generator<StateEntry> {
    const { book, workflows } = this.stores;
    const losses = this.losses();
    yield ['dropped', { ...book.dropped }];
    yield ['workflows', losses.workflows];
    yield ['flags', losses.flags];
    workflows.sweep();
    for (const [key, runs] of workflows.book.running()) yield [`${RUNNING}${key}`, runs];
  }

  /** Adds what another process has told. Total on any input; never throws. */
  restore(entries: Iterable<StateEntry>, version: number): RestoreResult {
    const result = { restored: 0, expired: 0, refused: 0 };
    try {
      for (const [key, given] of entries) {
        const isTold = version === VERSION && this.#restoreOne(key, given);
        result[isTold ? 'restored' : 'refused'] += 1;
      }
    } catch {
      result.refused += 1;
    }
    return result;
  }

  /** Those of the stores, and those that were told. */
  losses(): UsageLosses {
    const { workflows, flags } = this.stores;
    return { workflows: added(workflows.losses, this.#workflows), flags: added(flags.losses, this.#flags) };
  }

  #restoreOne(key: unknown, given: unknown): boolean {
    if (key === 'dropped') return add(this.stores.book.dropped, given);
    if (key === 'workflows') return add(this.#workflows, given);
    if (key === 'flags') return add(this.#flags, given);
    if (typeof key !== 'string' || !key.startsWith(RUNNING) || !isCount(given)) return false;
    return this.stores.workflows.book.addRunning(key.slice(RUNNING.length), given);
  }
}

/** Adds the numbers of what was told under the names that there are; false where it is no such thing. */
function add<Counts extends Record<keyof Counts, number>>(to: Counts, given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  for (const key of Object.keys(to) as (keyof Counts)[]) {
    const count: unknown = (given as Record<keyof Counts, unknown>)[key];
    if (isCount(count)) (to[key] as number) += count;
  }
  return true;
}

function added<Counts extends Record<keyof Counts, number>>(one: Counts, other: Counts): Counts {
  const sum = { ...one };
  add(sum, other);
  return sum;
}

function isCount(given: unknown): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0;
}
