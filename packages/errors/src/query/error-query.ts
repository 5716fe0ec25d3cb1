import { processWide } from '@otel-monitor/runtime';
import { type ErrorGroups, errorGroups } from '../groups/error-groups.js';
import { chosenGroups } from './chosen-groups.js';
import type { ErrorGroupDetails, ErrorGroupView } from './error-group-view.js';
import type { ErrorGroupsOptions } from './error-groups-options.js';
import type { ErrorSummary } from './error-summary.js';
import { summariseErrors } from './summarise-errors.js';
import { viewDetails, viewGroup } from './view-group.js';

/**
 * What is known of the errors of the process, whichever monitor recorded them. All answers are plain data. No method
 * throws, whatever it is given.
 */
export class ErrorQuery {
  /** @param now milliseconds since 1970 */
  constructor(
    private readonly errorGroups: ErrorGroups,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** Totals, rates, what is held and what left, and the groups with most errors in the last 24 hours. */
  summary(): ErrorSummary {
    const now = this.now();
    this.errorGroups.expire(now);
    return summariseErrors(this.errorGroups, now);
  }

  /** The groups that fit all filters; without options the 50 seen last. */
  groups(options?: ErrorGroupsOptions): readonly ErrorGroupView[] {
    const now = this.now();
    this.errorGroups.expire(now);
    return chosenGroups(this.errorGroups, options, now).map((group) => viewGroup(group, this.errorGroups.windows, now));
  }

  /**
   * One group whole, with stack and samples; undefined when there is none.
   *
   * @param id of the group, an id that it had before, or that of an error that is kept as a sample
   */
  get(id: string): ErrorGroupDetails | undefined {
    const now = this.now();
    this.errorGroups.expire(now);
    const group = typeof id === 'string' ? this.errorGroups.find(id) : undefined;
    return group === undefined ? undefined : viewDetails(group, this.errorGroups.windows, now);
  }

  /** Says that the fault of a group is mended: when it is seen again it is `regressed`. False when there is no such group. */
  resolve(id: string): boolean {
    if (typeof id !== 'string') return false;
    const group = this.errorGroups.find(id);
    return group !== undefined && this.errorGroups.resolve(group.id, this.now());
  }
}

/** The one query of the process. */
export const errorQuery: ErrorQuery = processWide('error-query', () => new ErrorQuery(errorGroups));
