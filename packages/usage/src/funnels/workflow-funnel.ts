import type { Outcomes } from './outcomes.js';
import type { DurationSummary } from './seconds-sketch.js';
import { reachedBoth, usualOrder } from './usual-order.js';
import type { WorkflowCounts } from './workflow-counts.js';

/** Runs by how they went. The others add up to `started`. */
export interface WorkflowRuns {
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  /** Let go without an end, or idle for too long. */
  readonly abandoned: number;
  readonly inProgress: number;
  /** Cannot end any more: their process is gone, or they ended while nothing was recorded. */
  readonly interrupted: number;
}

/** What share of runs came through. */
export interface WorkflowShares {
  /** Share of the runs that are over that were completed; left out while none is. */
  readonly conversion: number | undefined;
  /** Completed ÷ (completed + failed); left out while there is neither. */
  readonly successRate: number | undefined;
}

/** Runs that ended somewhere without being completed. */
export interface WorkflowLeavers {
  readonly failed: number;
  readonly abandoned: number;
}

/** One step, at its place in the usual order. */
export interface WorkflowStepFunnel {
  readonly name: string;
  /** Runs that reached it at least once. */
  readonly reached: number;
  /** Every time that it was reached. */
  readonly times: number;
  /** Share of all runs that reached it. */
  readonly conversionFromStart: number | undefined;
  /** Share of the runs that reached the step before in this list that reached this one too; of the first, of all runs. */
  readonly conversionFromPrevious: number | undefined;
  /** Runs that ended in it. */
  readonly left: WorkflowLeavers;
  /** From reaching it to the next step or the end, of each visit that is over; left out while none is. */
  readonly secondsInStep: DurationSummary | undefined;
}

/** The runs under one variant of a flag. */
export interface WorkflowVariant extends WorkflowShares {
  readonly flag: string;
  readonly variant: string;
  readonly runs: Omit<WorkflowRuns, 'inProgress' | 'interrupted'>;
}

/** What became of the runs of one workflow that started in the time that was asked for. */
export interface WorkflowFunnel extends WorkflowShares {
  readonly name: string;
  readonly runs: WorkflowRuns;
  /** Of completed runs; left out while there is none. */
  readonly secondsToComplete: DurationSummary | undefined;
  readonly steps: readonly WorkflowStepFunnel[];
  readonly leftBeforeFirstStep: WorkflowLeavers;
  /** Failed runs by `error.type`, the most first. */
  readonly failures: readonly { readonly errorType: string; readonly runs: number }[];
  /** By flag and variant. */
  readonly variants: readonly WorkflowVariant[];
}

/** The funnel that counts tell of. */
export function funnelOf(name: string, counts: WorkflowCounts, inProgress: number): WorkflowFunnel {
  const { runs, steps } = counts;
  const over = runs.started - inProgress;
  const order = usualOrder(steps);
  return {
    name,
    runs: { ...runs, inProgress, interrupted: over - runs.completed - runs.failed - runs.abandoned },
    ...sharesOf(runs, over),
    secondsToComplete: counts.secondsToComplete.summary(),
    steps: order.map((place, position) => {
      const step = steps[place]!;
      const before = order[position - 1];
      return {
        name: step.name,
        reached: step.reached,
        times: step.times,
        conversionFromStart: share(step.reached, runs.started),
        conversionFromPrevious:
          before === undefined
            ? share(step.reached, runs.started)
            : share(reachedBoth(steps, before, place), steps[before]!.reached),
        left: { failed: step.failed, abandoned: step.abandoned },
        secondsInStep: step.seconds.summary(),
      };
    }),
    leftBeforeFirstStep: { ...counts.leftEarly },
    failures: [...counts.failures]
      .map(([errorType, failed]) => ({ errorType, runs: failed }))
      .sort((a, b) => b.runs - a.runs || (a.errorType < b.errorType ? -1 : 1)),
    variants: variantsOf(counts),
  };
}

function variantsOf(counts: WorkflowCounts): WorkflowVariant[] {
  return [...counts.variants.keys()].sort().map((key) => {
    const [flag = '', variant = ''] = key.split('\n');
    const runs = counts.outcomesOf(key);
    return { flag, variant, runs: { ...runs }, ...sharesOf(runs, runs.completed + runs.failed + runs.abandoned) };
  });
}

function sharesOf(runs: Outcomes, over: number): WorkflowShares {
  return { conversion: share(runs.completed, over), successRate: share(runs.completed, runs.completed + runs.failed) };
}

/** A share, 0 to 1; undefined of nothing. What was kept of steps that found no room may count a run twice. */
function share(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.min(1, part / whole) : undefined;
}
