/** What is used of the service. */
export interface UsageSnapshot {
  readonly features: readonly FeatureSnapshot[];
  readonly workflows: readonly WorkflowSnapshot[];
}

/** A feature, or one action of it. */
export interface FeatureSnapshot {
  readonly name: string;
  readonly action?: string;
  readonly uses: number;
  readonly failures: number;
  /** 0 to 1; left out without uses. */
  readonly successRate?: number;
  /** Of the uses that gave a duration. */
  readonly meanDurationSeconds?: number;
}

/** A workflow and how far its runs came. */
export interface WorkflowSnapshot {
  readonly name: string;
  /** How often each step was reached. */
  readonly steps: Readonly<Record<string, number>>;
  readonly completed: number;
  readonly failed: number;
  /** Of the runs that have ended. */
  readonly meanDurationSeconds?: number;
}

/** A cache. */
export interface CacheSnapshot {
  readonly name: string;
  readonly hits: number;
  readonly misses: number;
  /** 0 to 1; left out without requests. */
  readonly hitRatio?: number;
}
