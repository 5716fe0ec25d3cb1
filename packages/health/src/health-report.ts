import type { ComponentState, STATE_COLOURS } from '@otel-monitor/semconv';

/** The traffic light of a state. */
export type Colour = (typeof STATE_COLOURS)[ComponentState];

/** How the service is, as plain JSON: times in ISO 8601 UTC, durations in seconds. */
export interface HealthReport {
  /**
   * Unhealthy when a critical component is; degraded when another one is unhealthy or any is degraded; unknown when
   * there are components and nothing is known of any; else healthy.
   */
  readonly status: ComponentState;
  readonly colour: Colour;
  readonly checkedAt: string;
  readonly summary: HealthSummary;
  /** In the order in which they were added. */
  readonly components: readonly ComponentReport[];
}

/** Number of components by state. */
export interface HealthSummary {
  readonly healthy: number;
  readonly degraded: number;
  readonly unhealthy: number;
  readonly unknown: number;
  /** Critical issues: critical components that are unhealthy. */
  readonly critical: number;
}

/** How one component is. */
export interface ComponentReport {
  readonly name: string;
  readonly status: ComponentState;
  readonly colour: Colour;
  readonly critical: boolean;
  /** What is wrong, or what the check said; names the cause when that is another component. */
  readonly message?: string;
  /** Of a check that failed: class or code, `timeout`, or `_OTHER`. */
  readonly errorType?: string;
  /** When the check had its last verdict. */
  readonly checkedAt?: string;
  /** How long the check took the last time it was called. */
  readonly durationSeconds?: number;
  readonly heartbeatAgeSeconds?: number;
  readonly dependsOn: readonly string[];
  /** The unhealthy component at the end of the chain of dependencies that begins here. */
  readonly causedBy?: string;
  /** What to do; given while it is degraded or unhealthy. */
  readonly recovery?: string;
  /** Since when it has been seen in this state. */
  readonly since: string;
  /** Failed checks in a row; 0 for one that only beats. */
  readonly consecutiveFailures: number;
}
