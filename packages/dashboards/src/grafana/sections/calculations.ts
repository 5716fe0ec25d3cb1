import { OpsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { ATTR_ERROR_TYPE, ATTR_OPERATION_NAME, OPERATION_ACTIVE, OPERATION_DURATION } from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { by, chosen, quantile, rate } from '../promql.js';
import { each, withExemplars } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { labelOfSeries, tracesOf } from '../trace-link.js';
import { CHOSEN_OPERATIONS } from './operations.js';

const count = (...matchers: string[]) => chosen(countName(OPERATION_DURATION), CHOSEN_OPERATIONS, ...matchers);
const bucket = chosen(bucketName(OPERATION_DURATION), CHOSEN_OPERATIONS);
/** By the dimension that is chosen at the top of the dashboard: a label of operations. */
const kinds = [ATTR_OPERATION_NAME, '$dimension'];
const failures = ['job', ATTR_OPERATION_NAME, ATTR_ERROR_TYPE];

/** Operations that are a business's work, by a dimension of theirs: `{ dimensions: { calculation: 'duct_design' } }`. */
export const calculations: Section = {
  title: 'Calculations: the chosen operations by $dimension',
  panels: [
    timeSeries({
      title: 'Calculations by $dimension',
      description:
        'The chosen operations by a dimension of theirs: monitor.operation(name, { dimensions: { calculation: kind } }, …).',
      width: 6,
      unit: OpsPerSecond,
      stacked: true,
      queries: [each(kinds, by(kinds, rate(count())))],
    }),
    timeSeries({
      title: 'Time by $dimension, p95',
      description: '95 of 100 take this time or less. Points are single ones: a click leads to the trace.',
      width: 6,
      unit: Seconds,
      queries: [withExemplars(each(kinds, quantile(0.95, kinds, rate(bucket))))],
    }),
    timeSeries({
      title: 'Failed calculations',
      description: 'Failed ones by the class or code of their error.',
      width: 6,
      unit: OpsPerSecond,
      queries: [each(failures, by(failures, rate(count(failed))))],
      links: [
        tracesOf({
          service: labelOfSeries('job'),
          operation: labelOfSeries(ATTR_OPERATION_NAME),
          errorType: labelOfSeries(ATTR_ERROR_TYPE),
        }),
      ],
    }),
    timeSeries({
      title: 'Calculations in work',
      description: 'Those that have started and not ended.',
      width: 6,
      queries: [
        each([ATTR_OPERATION_NAME], by([ATTR_OPERATION_NAME], chosen(seriesName(OPERATION_ACTIVE), CHOSEN_OPERATIONS))),
      ],
    }),
  ],
};
