import type { GatheredState, ToldState } from '@otel-monitor/runtime';
import { ErrorGroups, errorGroups } from '../groups/error-groups.js';
import { ErrorGroupsState, errorGroupsState } from '../groups/error-groups-state.js';
import { ErrorTotals } from '../groups/error-totals.js';
import { ErrorQuery } from './error-query.js';

/** What this process tells others of its errors, to be added up in their `GatheredErrors`. */
export function toldErrors(): ToldState[] {
  return [new ErrorTotals(errorGroups), errorGroupsState()];
}

/**
 * The errors of several processes as one: what each has told is added by `states`, and asked for by `query`. Bounded as the
 * groups of one process are; what has no room is among the groups that left.
 */
export class GatheredErrors {
  readonly states: readonly GatheredState[];
  readonly query: ErrorQuery;
  readonly #groups = new ErrorGroups();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number = () => Date.now()) {
    const groups = this.#groups;
    // the totals have what is counted of all, that of groups that left included
    this.states = [new ErrorTotals(groups, now), new ErrorGroupsState(groups, now, true)];
    this.query = new ErrorQuery(groups, now);
  }

  /** To be called when all is added, before anything is asked for. */
  settle(): void {
    this.#groups.putInOrder();
  }
}
