import type { ErrorSeverity } from '@otel-monitor/semconv';
import type { ErrorTrend } from '../groups/trend.js';

/** Orders of groups. */
export const ERROR_GROUP_SORTS = ['last_seen', 'first_seen', 'count', 'users', 'rate'] as const;
export type ErrorGroupSort = (typeof ERROR_GROUP_SORTS)[number];

/** Which groups are asked for: those that fit all that is given. A filter that cannot be understood fits nothing. */
export interface ErrorGroupsOptions {
  /** The highest that was seen in a group. */
  readonly severity?: ErrorSeverity | undefined;
  /** Errors of the group happened in this operation (one of the eight most frequent). */
  readonly operation?: string | undefined;
  /** First or last seen in this release. */
  readonly release?: string | undefined;
  readonly trend?: ErrorTrend | undefined;
  /** Seen at or after this time: ISO 8601, a Date, or milliseconds since 1970. */
  readonly since?: string | number | Date | undefined;
  /**
   * Highest first: `last_seen` (default), `first_seen`, `count`, `users`, `rate` (errors in the last hour, then in the last
   * day). One that there is not is as if left out.
   */
  readonly sort?: ErrorGroupSort | undefined;
  /** 1 to 10,000; default 50. A number outside is as if left out. */
  readonly limit?: number | undefined;
  /** How many to leave out at the front; default 0. */
  readonly offset?: number | undefined;
}
