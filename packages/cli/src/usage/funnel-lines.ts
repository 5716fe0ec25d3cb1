import type { WireValue } from '../service/wire-value.js';
import { NARROW, table } from '../text/layout.js';
import { count, duration, percent } from '../text/quantities.js';

const MOST_WORKFLOWS = 10;
const MOST_STEPS = 20;
const MOST_FLAGS = 20;

/** Each workflow with its steps below it: what share of the runs came so far, and where they are left. */
export function workflowLines(workflows: readonly WireValue[]): string[] {
  if (workflows.length === 0) return [];
  const shown = workflows.slice(0, MOST_WORKFLOWS);
  const rows = shown.flatMap((workflow) => [rowOf(workflow), ...stepRows(workflow.get('steps').list)]);
  const lines = table(['WORKFLOWS', 'runs', 'share', 'failed', 'abandoned', 'median'], rows, rows.length, NARROW);
  const more = workflows.length - shown.length;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}

function rowOf(workflow: WireValue): string[] {
  const runs = workflow.get('runs');
  return [
    workflow.get('name').text,
    runs.get('started').shown(count),
    workflow.get('conversion').shown(percent),
    runs.get('failed').shown(count),
    runs.get('abandoned').shown(count),
    workflow.get('secondsToComplete').get('p50').shown(duration),
  ];
}

function stepRows(steps: readonly WireValue[]): string[][] {
  return steps
    .slice(0, MOST_STEPS)
    .map((step) => [
      `  ${step.get('name').text}`,
      step.get('reached').shown(count),
      step.get('conversionFromStart').shown(percent),
      step.get('left').get('failed').shown(count),
      step.get('left').get('abandoned').shown(count),
      step.get('secondsInStep').get('p50').shown(duration),
    ]);
}

/** Each flag with its variants. */
export function flagLines(flags: readonly WireValue[]): string[] {
  if (flags.length === 0) return [];
  const rows = flags
    .slice(0, MOST_FLAGS)
    .flatMap((flag) => [
      [flag.get('flag').text, flag.get('evaluations').shown(count), ''],
      ...flag
        .get('variants')
        .list.map((variant) => [
          `  ${variant.get('variant').text}`,
          variant.get('evaluations').shown(count),
          variant.get('users').shown(count),
        ]),
    ]);
  return table(['FLAGS', 'evaluations', 'users'], rows, rows.length, NARROW);
}
