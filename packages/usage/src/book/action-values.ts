import { DurationSketch } from '../sketch/duration-sketch.js';
import { ActionTally } from './action-tally.js';

const MAX_NAME = 256;

/** One action as JSON can hold it: name, uses, failures, durations: how many, their sum in seconds, buckets. */
export type ActionValue = readonly [string, number, number, number, number, readonly number[]];

export function actionValues(actions: ReadonlyMap<string, ActionTally>): ActionValue[] {
  return [...actions].map(([name, { uses, failures, durationCount, durationSum, durations }]) => [
    name,
    uses,
    failures,
    durationCount,
    durationSum,
    durations?.toJSON() ?? [],
  ]);
}

/** Undefined when any of it is damaged. Total on what JSON can hold. */
export function readActions(given: readonly unknown[]): Map<string, ActionTally> | undefined {
  const actions = new Map<string, ActionTally>();
  for (const each of given) {
    const read = readAction(each);
    if (read === undefined || actions.has(read[0])) return undefined;
    actions.set(...read);
  }
  return actions;
}

function readAction(given: unknown): [string, ActionTally] | undefined {
  if (!Array.isArray(given) || given.length !== 6) return undefined;
  const [name, uses, failures, durationCount, durationSum, buckets] = given as unknown[];
  if (typeof name !== 'string' || name.length > MAX_NAME) return undefined;
  if (!isCount(uses) || !isCount(failures) || failures > uses) return undefined;
  if (!isCount(durationCount) || durationCount > uses || !isAmount(durationSum)) return undefined;
  const durations = durationCount === 0 ? undefined : DurationSketch.of(buckets);
  if (durationCount > 0 && durations === undefined) return undefined;
  return [name, Object.assign(new ActionTally(), { uses, failures, durationCount, durationSum, durations })];
}

export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

function isCount(value: unknown): value is number {
  return isAmount(value) && Number.isInteger(value);
}
