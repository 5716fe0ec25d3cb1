import type { ActionTally } from './action-tally.js';
import { type ActionValue, isAmount, readActions } from './action-values.js';
import { type DayCell, MAX_ACTIONS } from './day-cell.js';

/** Raised when the value changes its shape. */
const VERSION = 1;

/** What was counted on a day, as JSON can hold it. */
export interface NumbersValue {
  readonly v: number;
  /** Time of the last use of the feature or release, in milliseconds since 1970. */
  readonly l: number;
  /** How many users there were at least, where their sketch is not written. */
  readonly u: number;
  readonly a: readonly ActionValue[];
}

export function numbersValue(cell: DayCell, knownUsers: number): NumbersValue {
  return {
    v: VERSION,
    l: cell.subject.lastUsedMillis,
    u: knownUsers,
    a: cell.actionValues(),
  };
}

/** What a value says, read and checked. */
export interface ReadNumbers {
  readonly lastUsedMillis: number;
  readonly forgottenUsers: number;
  readonly actions: ReadonlyMap<string, ActionTally>;
}

/** Undefined when the value is of another version, or damaged. Total on what JSON can hold. */
export function readNumbers(value: unknown): ReadNumbers | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { v, l, u, a } = value as Partial<Record<keyof NumbersValue, unknown>>;
  if (v !== VERSION || !isAmount(l) || !isAmount(u) || !Array.isArray(a) || a.length > MAX_ACTIONS + 1)
    return undefined;
  const actions = readActions(a);
  return actions && { lastUsedMillis: l, forgottenUsers: u, actions };
}
