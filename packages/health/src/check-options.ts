import type { CheckResult } from './verdict.js';

/** What a check is called with. */
export interface CheckContext {
  /** Aborted when the check has not answered within its timeout. */
  readonly signal: AbortSignal;
}

/** Tells how a component is, by what it returns or throws; see `CheckResult`. */
export type HealthCheck = (context: CheckContext) => CheckResult | Promise<CheckResult>;

/** What can be said of a component, whether it is checked or beats. */
export interface ComponentOptions {
  /** Unhealthy, it makes the whole service unhealthy, and not ready. Default false. */
  readonly critical?: boolean | undefined;
  /** Names of components that this one needs, at most 32. Default none. */
  readonly dependsOn?: readonly string[] | undefined;
  /** What to do when it is not healthy; shown in the report then. */
  readonly recovery?: string | undefined;
  /** Restarts it, when an operator asks; a throw or a rejection is a failure. */
  readonly restart?: (() => unknown) | undefined;
}

/** A component that is asked how it is. */
export interface CheckOptions extends ComponentOptions {
  readonly name: string;
  readonly check: HealthCheck;
  /** Seconds from one check to the next, 0.1 to 86,400. Default: that of the configuration, 60. */
  readonly intervalSeconds?: number | undefined;
  /** Seconds until a check without an answer is a failed one, 0.001 to 3,600. Default: that of the configuration, 5. */
  readonly timeoutSeconds?: number | undefined;
}

/** A component that tells by itself that it is alive. */
export interface HeartbeatOptions extends ComponentOptions {
  /** Seconds from one beat to the next, 0.1 to 86,400. Default 30. */
  readonly everySeconds?: number | undefined;
}

/** What checks use that do not say otherwise. */
export interface CheckDefaults {
  readonly intervalSeconds?: number | undefined;
  readonly timeoutSeconds?: number | undefined;
}
