import { BytesIEC, OpsPerSecond, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_ERROR_TYPE,
  ATTR_OPERATION_NAME,
  OPERATION_ACTIVE,
  OPERATION_DURATION,
  OPERATION_MEMORY_DELTA,
} from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName, labelName, seriesName, sumName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { FAILURES } from '../limits.js';
import { by, chosen, gained, largest, quantile, rate, share, where } from '../promql.js';
import { each, query, withExemplars } from '../query.js';
import { table } from '../table-panel.js';
import { timeSeries } from '../time-series-panel.js';
import { labelOfRow, labelOfSeries, tracesOf } from '../trace-link.js';

/** The operations that are chosen at the top of the dashboard. */
export const CHOSEN_OPERATIONS = where(ATTR_OPERATION_NAME, '=~', '$operation');

const count = (...matchers: string[]) => chosen(countName(OPERATION_DURATION), CHOSEN_OPERATIONS, ...matchers);
const bucket = chosen(bucketName(OPERATION_DURATION), CHOSEN_OPERATIONS);
const names = ['job', ATTR_OPERATION_NAME];
const kinds = [...names, ATTR_ERROR_TYPE];

/** Operations of the program: `monitor.operation(name, …)`. */
export const operations: Section = {
  title: 'Operations',
  panels: [
    timeSeries({
      title: 'Operations by name',
      description: 'Operations that end, failed ones with them: monitor.operation(name, …).',
      width: 8,
      unit: OpsPerSecond,
      queries: [each(names, by(names, rate(count())))],
    }),
    timeSeries({
      title: 'Failed operations',
      description: 'Share of the operations that threw, or were ended by fail().',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: FAILURES,
      queries: [each(names, share(names, rate(count(failed)), rate(count())))],
      links: [tracesOf({ service: labelOfSeries('job'), operation: labelOfSeries(ATTR_OPERATION_NAME) })],
    }),
    timeSeries({
      title: 'Time of operations, p95',
      description: '95 of 100 operations take this time or less. Points are single ones: a click leads to the trace.',
      width: 8,
      unit: Seconds,
      queries: [withExemplars(each(names, quantile(0.95, names, rate(bucket))))],
    }),
    timeSeries({
      title: 'Operations in work',
      description: 'Operations that have started and not ended.',
      width: 6,
      queries: [each(names, by(names, chosen(seriesName(OPERATION_ACTIVE), CHOSEN_OPERATIONS)))],
    }),
    timeSeries({
      title: 'Failed operations by kind',
      description: 'Failed operations by the class or code of their error.',
      width: 6,
      unit: OpsPerSecond,
      queries: [each(kinds, by(kinds, rate(count(failed))))],
      links: [
        tracesOf({
          service: labelOfSeries('job'),
          operation: labelOfSeries(ATTR_OPERATION_NAME),
          errorType: labelOfSeries(ATTR_ERROR_TYPE),
        }),
      ],
    }),
    timeSeries({
      title: 'Time in operations',
      description: 'Seconds of operations a second, all that run at once added up: what the service is busy with.',
      width: 6,
      unit: Seconds,
      queries: [each(names, by(names, rate(chosen(sumName(OPERATION_DURATION), CHOSEN_OPERATIONS))))],
    }),
    timeSeries({
      title: 'Memory of operations',
      negative: true,
      description:
        'Mean change of the used heap in an operation. Recorded with measureMemory: true alone, and wrong when operations run at the same time.',
      width: 6,
      unit: BytesIEC,
      queries: [
        each(
          names,
          `${by(names, rate(chosen(sumName(OPERATION_MEMORY_DELTA), CHOSEN_OPERATIONS)))} / (${by(names, rate(chosen(countName(OPERATION_MEMORY_DELTA), CHOSEN_OPERATIONS)))} > 0)`,
        ),
      ],
    }),
    table({
      title: 'Slowest operations',
      description:
        'Operations of the time that is shown, slowest first; the mean is exact, quantiles are as exact as buckets.',
      width: 24,
      labels: { job: 'Service', [labelName(ATTR_OPERATION_NAME)]: 'Operation' },
      values: [
        { title: 'p95', unit: Seconds },
        { title: 'Mean', unit: Seconds },
        { title: 'Count' },
        { title: 'Failed', unit: PercentUnit, limits: FAILURES },
      ],
      sortedBy: 'p95',
      queries: [
        query(largest(50, quantile(0.95, names, gained(bucket)))),
        query(
          `${by(names, gained(chosen(sumName(OPERATION_DURATION), CHOSEN_OPERATIONS)))} / (${by(names, gained(count()))} > 0)`,
        ),
        query(by(names, gained(count()))),
        query(share(names, gained(count(failed)), gained(count()))),
      ],
      links: [tracesOf({ service: labelOfRow('job'), operation: labelOfRow(ATTR_OPERATION_NAME) })],
    }),
  ],
};
