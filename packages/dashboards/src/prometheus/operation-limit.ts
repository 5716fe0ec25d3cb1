import { ATTR_OPERATION_NAME, OPERATION_DURATION } from '@otel-monitor/semconv';
import { isDuration } from '../duration.js';
import { mean } from './expression.js';
import { is, type Matcher, matches } from './matcher.js';
import type { AlertRule, AlertSeverity } from './rule.js';

/** How long an operation may take in the mean of five minutes. */
export interface OperationLimit {
  /** `monitor.operation.name` */
  readonly operation: string;
  readonly seconds: number;
  /** How long the mean must be above it: `5m` by default. */
  readonly for?: string;
  /** `warning` by default. */
  readonly severity?: AlertSeverity;
  /** Services that it is for, as a regular expression (RE2) of `job`. All that have the operation by default. */
  readonly job?: string;
  /** `OperationSlow` by default. Another name wants a section of its own in the runbooks. */
  readonly alert?: string;
}

/**
 * The alert of a limit. The mean is computed of sum and count, so any number of seconds will do, not boundaries alone.
 * @throws RangeError naming the operation: seconds that are none, a duration that Prometheus cannot read
 */
export function operationLimitAlert(limit: OperationLimit): AlertRule {
  const { operation, seconds, for: duration = '5m', severity = 'warning', job, alert = 'OperationSlow' } = limit;
  if (!(seconds > 0 && seconds < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`limit of ${operation}: ${seconds} is no number of seconds`);
  }
  if (!isDuration(duration)) throw new RangeError(`limit of ${operation}: "${duration}" is no duration, as 5m is`);
  const which: Matcher[] = [is(ATTR_OPERATION_NAME, operation), ...(job === undefined ? [] : [matches('job', job)])];
  return {
    alert,
    severity,
    limit: seconds,
    expr: (value) => `${mean(['job', ATTR_OPERATION_NAME], OPERATION_DURATION, ...which)} > ${value}`,
    for: duration,
    summary: `{{ $labels.job }}: ${operation} takes {{ $value | humanizeDuration }} in the mean`,
    description: `More than ${seconds} s in the mean of five minutes, failed ones included.`,
  };
}
