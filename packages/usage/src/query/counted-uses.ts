import type { ActionTally } from '../book/action-tally.js';
import { share } from './share.js';

/** How often something was used, how it went and how long it took. */
export interface CountedUses {
  readonly uses: number;
  readonly failures: number;
  /** 0 to 1; left out without uses. */
  readonly successRate?: number;
  /** Left out where no use gave one. */
  readonly durations?: CountedDurations;
}

/** Durations of the uses that gave one, in seconds. The quantiles are within 4.4 %. */
export interface CountedDurations {
  readonly count: number;
  readonly meanSeconds: number;
  readonly p50Seconds: number;
  readonly p95Seconds: number;
}

export function countedUses({ uses, failures, durationCount, durationSum, durations }: ActionTally): CountedUses {
  return {
    uses,
    failures,
    ...share('successRate', uses - failures, uses),
    ...(durationCount > 0 && {
      durations: {
        count: durationCount,
        meanSeconds: durationSum / durationCount,
        p50Seconds: durations?.quantile(0.5) ?? 0,
        p95Seconds: durations?.quantile(0.95) ?? 0,
      },
    }),
  };
}
