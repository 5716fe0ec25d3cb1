import type { GatheredState, ToldState } from '@otel-monitor/runtime';
import { UsageBook } from '../book/usage-book.js';
import { usageCenter } from '../book/usage-center.js';
import { BookState } from '../book/usage-state.js';
import { UsageTotals } from '../book/usage-totals.js';
import { FlagStore, flagStore } from '../flags/flag-store.js';
import { WorkflowStore, workflowStore } from '../funnels/workflow-store.js';
import { UsageQuery } from './usage-query.js';

/** What this process tells others of its usage, to be added up in their `GatheredUsage`. */
export function toldUsage(): ToldState[] {
  const { book, state } = usageCenter();
  const stores = { book, workflows: workflowStore, flags: flagStore };
  return [new UsageTotals(stores), state, workflowStore.book, flagStore.book];
}

/**
 * The usage of several processes as one: what each has told is added by `states`, and asked for by `query`. Users are united
 * where the processes have one key for their hashes; else there are as many as the process with the most has seen. Bounded as
 * the usage of one process is; what has no room is counted in `dropped` of the summary.
 */
export class GatheredUsage {
  readonly states: readonly GatheredState[];
  readonly query: UsageQuery;

  constructor() {
    const stores = {
      book: new UsageBook(undefined, undefined, false),
      workflows: new WorkflowStore(),
      flags: new FlagStore(),
    };
    const totals = new UsageTotals(stores);
    const { book, workflows, flags } = stores;
    this.states = [totals, new BookState(book), workflows.book, flags.book];
    this.query = new UsageQuery(book, workflows, flags, () => totals.losses());
  }
}
