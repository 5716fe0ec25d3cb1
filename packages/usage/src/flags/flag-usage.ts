import type { DurableState } from '@otel-monitor/runtime';
import { readDays } from '../days/asked-days.js';
import type { WorkflowShares, WorkflowVariant } from '../funnels/workflow-funnel.js';
import { workflowFunnels } from '../funnels/workflow-query.js';
import { type WorkflowStore, workflowStore } from '../funnels/workflow-store.js';
import { FlagCounts } from './flag-counts.js';
import { type FlagLosses, type FlagStore, flagStore } from './flag-store.js';

/** Which evaluations, runs and uses are told of. */
export interface FlagQuery {
  /** Those of so many UTC days, today with it. Default: 28. */
  readonly days?: number | undefined;
}

/** How a workflow went under a variant. */
export interface FlagWorkflow extends WorkflowShares {
  readonly name: string;
  readonly runs: WorkflowVariant['runs'];
}

/** How a feature was used under a variant. */
export interface FlagFeature {
  readonly name: string;
  readonly uses: number;
  readonly failed: number;
  /** Share of the uses that did not fail; left out while there is none. */
  readonly successRate: number | undefined;
}

/** One variant of a flag, and what was done under it. */
export interface FlagVariantUsage {
  readonly variant: string;
  readonly evaluations: number;
  /** For how many users it was evaluated, by their targeting keys: practically exact up to 128, then within some 5 %. */
  readonly users: number;
  readonly workflows: readonly FlagWorkflow[];
  readonly features: readonly FlagFeature[];
}

/** One flag in the time that was asked for. */
export interface FlagUsage {
  readonly flag: string;
  readonly evaluations: number;
  /** Evaluations that failed, by `error.type`, the most first. */
  readonly failures: readonly { readonly errorType: string; readonly evaluations: number }[];
  /** In the order of their names. */
  readonly variants: readonly FlagVariantUsage[];
}

/**
 * The flags that were evaluated, or that something was done under, in the order of their names. Never throws.
 *
 * @param flagsOf default: those of the process, and so its workflows
 */
export function flagUsage(
  query?: FlagQuery,
  flagsOf: FlagStore = flagStore,
  workflowsOf: WorkflowStore = workflowStore,
): FlagUsage[] {
  const counts = new Map<string, FlagCounts>();
  const countsOf = (flag: string) => {
    const known = counts.get(flag) ?? new FlagCounts();
    counts.set(flag, known);
    return known;
  };
  for (const entry of flagsOf.book.last(readDays(query))) entry.look((each) => countsOf(entry.name).merge(each));
  const workflows = new Map<string, FlagWorkflow[]>();
  for (const funnel of workflowFunnels(query, workflowsOf)) {
    for (const { flag, variant, runs, conversion, successRate } of funnel.variants) {
      const key = `${flag}\n${countsOf(flag).nameOf(variant)}`;
      workflows.set(key, [...(workflows.get(key) ?? []), { name: funnel.name, runs, conversion, successRate }]);
    }
  }
  return [...counts].sort(byName).map(([flag, each]) => usageOf(flag, each, workflows));
}

/** What did not fit into the bounds of feature flags since the process began. */
export function flagLosses(): FlagLosses {
  return flagStore.losses;
}

/** What is counted of feature flags, to be kept over restarts. */
export function flagsState(): DurableState {
  return flagStore.book;
}

function usageOf(flag: string, counts: FlagCounts, workflows: ReadonlyMap<string, readonly FlagWorkflow[]>): FlagUsage {
  const variants = [...counts.variants].sort(byName).map(([variant, { evaluations, users, features }]) => ({
    variant,
    evaluations,
    users: users.count(),
    workflows: workflows.get(`${flag}\n${variant}`) ?? [],
    features: [...features].sort(byName).map(([name, { uses, failed }]) => ({
      name,
      uses,
      failed,
      successRate: uses > 0 ? (uses - failed) / uses : undefined,
    })),
  }));
  return {
    flag,
    evaluations: variants.reduce((sum, { evaluations }) => sum + evaluations, 0),
    failures: [...counts.failures]
      .map(([errorType, evaluations]) => ({ errorType, evaluations }))
      .sort((a, b) => b.evaluations - a.evaluations || byName([a.errorType], [b.errorType])),
    variants,
  };
}

function byName(a: readonly [string, ...unknown[]], b: readonly [string, ...unknown[]]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
