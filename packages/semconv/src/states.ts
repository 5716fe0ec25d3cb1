/** States of a component, from best to worst; `unknown` is one that was not checked yet. */
export const COMPONENT_STATES = ['healthy', 'degraded', 'unhealthy', 'unknown'] as const;
export type ComponentState = (typeof COMPONENT_STATES)[number];

/** The traffic-light words for the states. */
export const STATE_COLOURS: Readonly<Record<ComponentState, 'green' | 'yellow' | 'red' | 'unknown'>> = {
  healthy: 'green',
  degraded: 'yellow',
  unhealthy: 'red',
  unknown: 'unknown',
};

/** Severities of an error. */
export const ERROR_SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type ErrorSeverity = (typeof ERROR_SEVERITIES)[number];

/** Severity numbers of the log record of an error (specification, Logs data model, "SeverityNumber"). */
export const SEVERITY_NUMBERS: Readonly<Record<ErrorSeverity, number>> = {
  info: 9,
  warning: 13,
  error: 17,
  critical: 21,
};
