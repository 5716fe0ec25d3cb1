import { PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_FEATURE_NAME,
  ATTR_OPERATION_NAME,
  ATTR_WORKFLOW_NAME,
  FEATURE_USES,
  OPERATION_DURATION,
  WORKFLOW_DURATION,
} from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { countName, seriesName, sumName } from '../../series.js';
import { barGauge } from '../bar-gauge-panel.js';
import type { Section } from '../dashboard.js';
import { SUCCESSES } from '../limits.js';
import { by, chosen, gained, share } from '../promql.js';
import { each } from '../query.js';
import { CHOSEN_OPERATIONS } from './operations.js';

const operations = ['job', ATTR_OPERATION_NAME];
const features = ['job', ATTR_FEATURE_NAME];
const workflows = ['job', ATTR_WORKFLOW_NAME];

const succeeded = (labels: readonly string[], counter: string, ...matchers: string[]) =>
  each(
    labels,
    `1 - ${share(labels, gained(chosen(counter, failed, ...matchers)), gained(chosen(counter, ...matchers)))}`,
  );

/** What a service promises of its work, over the time that is shown. */
export const promises: Section = {
  title: 'Of the time that is shown',
  panels: [
    barGauge({
      title: 'Operations that succeed',
      description: 'Share of the operations that did not fail. Below 95 % a promise is broken.',
      width: 6,
      unit: PercentUnit,
      max: 1,
      limits: SUCCESSES,
      queries: [succeeded(operations, countName(OPERATION_DURATION), CHOSEN_OPERATIONS)],
    }),
    barGauge({
      title: 'Mean time of operations',
      description: 'Mean time of each operation, failed ones with them. It is exact.',
      width: 6,
      unit: Seconds,
      queries: [
        each(
          operations,
          `${by(operations, gained(chosen(sumName(OPERATION_DURATION), CHOSEN_OPERATIONS)))} / (${by(operations, gained(chosen(countName(OPERATION_DURATION), CHOSEN_OPERATIONS)))} > 0)`,
        ),
      ],
    }),
    barGauge({
      title: 'Features that succeed',
      description:
        'Share of the uses of each feature that did not fail: monitor.trackFeature(name, action, { success }).',
      width: 6,
      unit: PercentUnit,
      max: 1,
      limits: SUCCESSES,
      queries: [succeeded(features, seriesName(FEATURE_USES))],
    }),
    barGauge({
      title: 'Workflows that are completed',
      description:
        'Share of the ended runs of each workflow that did not fail; abandoned runs are in `otel-monitor usage`.',
      width: 6,
      unit: PercentUnit,
      max: 1,
      limits: SUCCESSES,
      queries: [succeeded(workflows, countName(WORKFLOW_DURATION))],
    }),
  ],
};
