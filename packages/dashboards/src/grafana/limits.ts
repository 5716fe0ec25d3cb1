import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';

/** From where on a value is a warning and from where on critical, in the panel's unit. */
export interface Limits {
  readonly warning: number;
  readonly critical: number;
  /** What is bad: more than that (left out), or less. */
  readonly bad?: 'above' | 'below';
}

export const GREEN = 'green';
export const ORANGE = 'orange';
export const RED = 'red';
export const GREY = 'text';

/** CPU as a share of what there is: a warning at 80 % (as "High CPU usage detected" has it), critical at 90 %. */
export const CPU: Limits = { warning: 0.8, critical: 0.9 };

/** Memory as a share of what there is. */
export const MEMORY: Limits = { warning: 0.8, critical: 0.9 };

/** A file system that is so full. */
export const DISK: Limits = { warning: 0.8, critical: 0.9 };

/** Failures as a share of all: more than 1 % is looked at, 5 % is an alert. */
export const FAILURES: Limits = { warning: 0.01, critical: 0.05 };

/** Successes as a share of all: 95 % is what a service promises. */
export const SUCCESSES: Limits = { warning: 0.99, critical: 0.95, bad: 'below' };

/** The event loop's delay in seconds, 99th percentile. */
export const EVENT_LOOP: Limits = { warning: 0.1, critical: 0.5 };

/** Garbage collection as a share of the time. */
export const GARBAGE_COLLECTION: Limits = { warning: 0.05, critical: 0.15 };

/** Hits of a cache as a share of its requests. */
export const CACHE_HITS: Limits = { warning: 0.8, critical: 0.5, bad: 'below' };

/** Healthy components as a share of all: 99 % is what a pool of processes promises. */
export const HEALTHY: Limits = { warning: 0.999, critical: 0.99, bad: 'below' };

/** Errors a second: five a minute are a warning. */
export const ERRORS_A_SECOND: Limits = { warning: 5 / 60, critical: 1 };

/** Healthy agents as a share of all. */
export const HEALTHY_AGENTS: Limits = { warning: 0.99, critical: 0.95, bad: 'below' };

/** Detections of agents that succeed, as a share of all: below 95 % a release is taken back. */
export const DETECTIONS: Limits = { warning: 0.99, critical: 0.95, bad: 'below' };

/** Memory of a service that looks after agents, in bytes. */
export const ORCHESTRATOR_MEMORY: Limits = { warning: 150e6, critical: 200e6 };

/** Its CPU as a share of all processors. */
export const ORCHESTRATOR_CPU: Limits = { warning: 0.2, critical: 0.3 };

/** How long a component of it may take to load, in seconds. */
export const ORCHESTRATOR_LOADING: Limits = { warning: 10, critical: 15 };

/** The file that holds its state, in bytes. */
export const ORCHESTRATOR_STATE_FILE: Limits = { warning: 20e6, critical: 50e6 };

/** Grafana's steps: the colour of the lowest values first, which begin at minus infinity (null). */
export function steps(limits: Limits | undefined): Threshold[] {
  if (limits === undefined) return [{ value: null, color: GREEN }];
  const { warning, critical, bad = 'above' } = limits;
  if (bad === 'above') {
    return [
      { value: null, color: GREEN },
      // one limit for both is one step
      ...(warning === critical ? [] : [{ value: warning, color: ORANGE }]),
      { value: critical, color: RED },
    ];
  }
  return [
    { value: null, color: RED },
    { value: critical, color: ORANGE },
    { value: warning, color: GREEN },
  ];
}

export function thresholds(limits: Limits | undefined): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps(limits));
}
