import type { ErrorSource } from './error-pages.js';
import type { UsageSource } from './usage-pages.js';

/** Whose errors and usage are in an answer, beside those of the process that answers. */
export interface GatheredWorkers {
  /** Workers that are there. */
  readonly present: number;
  /** Ids of those whose errors and usage are not in the answer: they have not told them in time. */
  readonly missing: readonly string[];
  /** Entries, as groups and days of features, that had no room in what workers may tell. */
  readonly leftOut: number;
}

/** Errors and usage of all processes that are one service. */
export interface GatheredPages {
  readonly errors?: ErrorSource | undefined;
  readonly usage?: UsageSource | undefined;
  readonly workers: GatheredWorkers;
}

/** What stands beside the fields of an answer where there are workers. */
export function besideWorkers(workers: GatheredWorkers | undefined): { workers?: GatheredWorkers } {
  return workers === undefined ? {} : { workers };
}
