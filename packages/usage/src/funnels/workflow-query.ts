import { cleanName, type DurableState } from '@otel-monitor/runtime';
import { readDays } from '../days/asked-days.js';
import { StepRoom } from './step-counts.js';
import { WorkflowCounts } from './workflow-counts.js';
import { funnelOf, type WorkflowFunnel } from './workflow-funnel.js';
import { type WorkflowLosses, type WorkflowStore, workflowStore } from './workflow-store.js';

/** Which runs are told of. */
export interface WorkflowQuery {
  /** Those that started in so many UTC days, today with it. Default: 28. */
  readonly days?: number | undefined;
}

/**
 * The funnels of all workflows, the one with most runs first. Never throws, whatever it is given.
 *
 * @param store default: that of the process
 */
export function workflowFunnels(query?: WorkflowQuery, store: WorkflowStore = workflowStore): WorkflowFunnel[] {
  return [...collect(store, readDays(query))]
    .map(([name, { counts, running }]) => funnelOf(name, counts, running))
    .sort((a, b) => b.runs.started - a.runs.started || (a.name < b.name ? -1 : 1));
}

/**
 * The funnel of one workflow; undefined when no run of it started in that time. Never throws.
 *
 * @param store default: that of the process
 */
export function workflowFunnel(
  name: string,
  query?: WorkflowQuery,
  store: WorkflowStore = workflowStore,
): WorkflowFunnel | undefined {
  const clean = cleanName(name);
  const found = collect(store, readDays(query), clean).get(clean);
  return found === undefined ? undefined : funnelOf(clean, found.counts, found.running);
}

/** What did not fit into the bounds of workflows since the process began. */
export function workflowLosses(): WorkflowLosses {
  return workflowStore.losses;
}

/** What is counted of workflows, to be kept over restarts. */
export function workflowsState(): DurableState {
  return workflowStore.book;
}

function collect(
  store: WorkflowStore,
  days: number,
  only?: string,
): Map<string, { counts: WorkflowCounts; running: number }> {
  store.sweep();
  const room = new StepRoom(Number.POSITIVE_INFINITY);
  const byName = new Map<string, { counts: WorkflowCounts; running: number }>();
  for (const entry of store.book.last(days)) {
    if (only !== undefined && entry.name !== only) continue;
    const known = byName.get(entry.name) ?? { counts: new WorkflowCounts(room), running: 0 };
    entry.look((counts) => known.counts.merge(counts));
    known.running += entry.running;
    byName.set(entry.name, known);
  }
  return byName;
}
