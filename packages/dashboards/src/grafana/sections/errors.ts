import { CountsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_ERROR_SEVERITY,
  ATTR_ERROR_TYPE,
  ATTR_OPERATION_NAME,
  ERROR_GROUP_COUNT,
  ERRORS,
} from '@otel-monitor/semconv';
import { labelName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { ERRORS_A_SECOND } from '../limits.js';
import { by, chosen, gained, largest, rate, where } from '../promql.js';
import { each, query } from '../query.js';
import { stat } from '../stat-panel.js';
import { table } from '../table-panel.js';
import { timeSeries } from '../time-series-panel.js';
import { labelOfRow, labelOfSeries, tracesOf } from '../trace-link.js';

const errors = (...matchers: string[]) =>
  chosen(seriesName(ERRORS), where(ATTR_ERROR_SEVERITY, '=~', '$severity'), ...matchers);
const kinds = ['job', ATTR_ERROR_TYPE];
const operations = ['job', ATTR_OPERATION_NAME];
const rows = ['job', ATTR_ERROR_TYPE, ATTR_ERROR_SEVERITY, ATTR_OPERATION_NAME];
const rowTitles = {
  job: 'Service',
  [labelName(ATTR_ERROR_TYPE)]: 'Error',
  [labelName(ATTR_ERROR_SEVERITY)]: 'Severity',
  [labelName(ATTR_OPERATION_NAME)]: 'Operation',
};

/** How often a counter rose within a time, series that began in it included: these have never been seen to rise. */
const rises = (labels: readonly string[], series: string, time: string) =>
  by(labels, `(${series} unless ${series} offset ${time}) or increase(${series}[${time}])`);

/** Errors, each counted once: `monitor.captureError`, `.trackError`, and what operations throw. */
export const errorPanels: Section = {
  title: 'Errors',
  panels: [
    stat({
      title: 'Errors',
      description: 'Errors in the time that is shown, of the chosen severities.',
      width: 6,
      queries: [query(by([], gained(errors())))],
    }),
    stat({
      title: 'Errors a second',
      description: 'Errors of the chosen severities; more than 5 a minute are a warning.',
      width: 6,
      unit: CountsPerSecond,
      limits: ERRORS_A_SECOND,
      queries: [query(by([], rate(errors())))],
    }),
    stat({
      title: 'Critical errors',
      description: 'Errors of severity critical in the time that is shown.',
      width: 6,
      limits: { warning: 1, critical: 1 },
      queries: [
        query(
          `${by([], gained(chosen(seriesName(ERRORS), where(ATTR_ERROR_SEVERITY, '=', 'critical'))))} or vector(0)`,
        ),
      ],
    }),
    stat({
      title: 'Groups of errors',
      description: 'Different faults that the processes hold: `otel-monitor errors` shows each with its stack.',
      width: 6,
      queries: [query(by([], chosen(seriesName(ERROR_GROUP_COUNT))))],
    }),
    timeSeries({
      title: 'Errors by type',
      description: 'Each error once, in the innermost operation that saw it, by class or code.',
      width: 12,
      unit: CountsPerSecond,
      queries: [each(kinds, by(kinds, rate(errors())))],
      links: [tracesOf({ service: labelOfSeries('job'), errorType: labelOfSeries(ATTR_ERROR_TYPE) })],
    }),
    timeSeries({
      title: 'Errors by severity',
      description: 'info, warning, error, critical: monitor.captureError(error, { severity }).',
      width: 12,
      unit: CountsPerSecond,
      stacked: true,
      queries: [each([ATTR_ERROR_SEVERITY], by([ATTR_ERROR_SEVERITY], rate(errors())))],
    }),
    timeSeries({
      title: 'Errors by operation',
      description: 'Where errors happen. Without an operation: outside of any.',
      width: 12,
      unit: CountsPerSecond,
      queries: [each(operations, by(operations, rate(errors())))],
      links: [tracesOf({ service: labelOfSeries('job'), operation: labelOfSeries(ATTR_OPERATION_NAME) })],
    }),
    timeSeries({
      title: 'Groups of errors by severity',
      description: 'Different faults that are held, by the highest severity seen in each. A step up is a new fault.',
      width: 12,
      stacked: true,
      queries: [each([ATTR_ERROR_SEVERITY], by([ATTR_ERROR_SEVERITY], chosen(seriesName(ERROR_GROUP_COUNT))))],
    }),
    table({
      title: 'Most frequent errors',
      description: 'Errors of the time that is shown. A click leads to traces with this error.',
      width: 12,
      labels: rowTitles,
      values: [{ title: 'Errors' }],
      sortedBy: 'Errors',
      queries: [query(largest(50, by(rows, gained(errors()))))],
      links: [tracesOf({ service: labelOfRow('job'), errorType: labelOfRow(ATTR_ERROR_TYPE) })],
    }),
    table({
      title: 'Errors that are new',
      description: 'Types of errors that were not there a day before, and how often they came since.',
      width: 12,
      labels: rowTitles,
      values: [{ title: 'Errors' }],
      sortedBy: 'Errors',
      queries: [query(largest(50, `${rises(rows, errors(), '1d')} unless ${by(rows, `${errors()} offset 1d`)}`))],
      links: [tracesOf({ service: labelOfRow('job'), errorType: labelOfRow(ATTR_ERROR_TYPE) })],
    }),
  ],
};
