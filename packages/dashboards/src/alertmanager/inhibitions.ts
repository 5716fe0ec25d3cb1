import { ATTR_COMPONENT_NAME, ATTR_ERROR_TYPE, ATTR_METRIC_NAME, ATTR_OPERATION_NAME } from '@otel-monitor/semconv';
import { labelName } from '../series.js';

/** While an alert that `source_matchers` find fires, those of `target_matchers` with the same labels are not told. */
export interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

/**
 * What tells two alerts of one name apart. A label that both lack is equal; without the ones behind `instance` a critical
 * alert of one component would silence the warning of another.
 */
const SAME_SUBJECT = [
  'alertname',
  'job',
  'instance',
  ...[ATTR_COMPONENT_NAME, ATTR_OPERATION_NAME, ATTR_METRIC_NAME, ATTR_ERROR_TYPE].map(labelName),
  'slo',
  'exporter',
  'signal',
];

/** Jobs of Collectors in the configurations of this repository: their pages of pushed metrics, and what they tell of themselves. */
const COLLECTOR_JOBS = 'collector.*|otel-(agent|gateway|collector).*|pushed';

export const INHIBITIONS: readonly Inhibition[] = [
  // the same thing said louder
  { source_matchers: ['severity="critical"'], target_matchers: ['severity=~"warning|info"'], equal: SAME_SUBJECT },
  // an instance that is away has no other trouble
  {
    source_matchers: ['alertname="TargetDown"'],
    target_matchers: ['alertname!="TargetDown"'],
    equal: ['job', 'instance'],
  },
  // neither has a service without any instance; that each of them is away is then said once
  { source_matchers: ['alertname="ServiceDown"'], target_matchers: ['alertname!="ServiceDown"'], equal: ['job'] },
  // that programs cannot push, and that what they pushed does not come, is the absence of the Collectors
  {
    source_matchers: ['alertname="ServiceDown"', `job=~"${COLLECTOR_JOBS}"`],
    target_matchers: ['alertname=~"ServiceMetricsMissing|TelemetryExportFailing|TelemetryDropped"'],
    equal: [],
  },
];
