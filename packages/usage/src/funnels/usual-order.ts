import type { StepCounts } from './step-counts.js';

/**
 * The places of steps in the order in which runs usually reach them. A step is ahead of another when most of the runs that
 * reached both reached it first, and stands the higher the more it is ahead of (Copeland's method): what most runs skip
 * keeps its place, and a few that turn back change nothing. Between equals the one that more runs reached comes first.
 */
export function usualOrder(steps: readonly StepCounts[]): number[] {
  const ahead = (a: number, b: number) => (steps[b]?.after[a] ?? 0) - (steps[a]?.after[b] ?? 0);
  const scores = steps.map((_, a) => steps.reduce((score, _other, b) => score + Math.sign(ahead(a, b)), 0));
  return steps
    .map((_, place) => place)
    .sort((a, b) => scores[b]! - scores[a]! || ahead(b, a) || steps[b]!.reached - steps[a]!.reached || a - b);
}

/** Runs that reached both steps, in whichever order. */
export function reachedBoth(steps: readonly StepCounts[], a: number, b: number): number {
  return (steps[b]?.after[a] ?? 0) + (steps[a]?.after[b] ?? 0);
}
