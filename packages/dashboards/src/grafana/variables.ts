import {
  type CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { ATTR_ERROR_SEVERITY, ATTR_OPERATION_NAME, ERRORS, OPERATION_DURATION } from '@otel-monitor/semconv';
import { countName, labelName, seriesName } from '../series.js';
import { PROMETHEUS } from './query.js';

export type VariableBuilder = DatasourceVariableBuilder | QueryVariableBuilder | CustomVariableBuilder;

/** What stands for all values in a regular expression. It takes in series without the label, too. */
const EVERYTHING = '.*';

/** The resource of every process, one series each: it has the labels `job` and `instance` of all that is monitored. */
export const TARGET_INFO = 'target_info';

/** Which Prometheus is asked. */
export function datasource(): VariableBuilder {
  return new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus');
}

/** Where traces are: the data source that links of panels lead to. */
export function traces(): VariableBuilder {
  return new DatasourceVariableBuilder('traces').label('Traces').type('jaeger');
}

/**
 * Values of a label, several or all of them.
 *
 * @param selector the series whose values they are
 * @param label as Prometheus has it
 */
export function valuesOf(name: string, title: string, selector: string, label: string): VariableBuilder {
  return ofQuery(name, title, `label_values(${selector}, ${label})`)
    .multi(true)
    .includeAll(true)
    .allValue(EVERYTHING)
    .current({ text: ['All'], value: ['$__all'] });
}

/** Names of labels of some series, one of them. @param regex which of the names, as JavaScript has it */
export function labelsOf(name: string, title: string, selector: string, regex: string, first: string): VariableBuilder {
  return ofQuery(name, title, `label_names(${selector})`).regex(regex).current({ text: first, value: first });
}

function ofQuery(name: string, title: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(title)
    .datasource(PROMETHEUS)
    .query({ query, refId: `variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

/** The services, as `job`. */
export const job = (): VariableBuilder => valuesOf('job', 'Service', TARGET_INFO, 'job');

/** The processes of the chosen services, as `instance`. */
export const instance = (): VariableBuilder =>
  valuesOf('instance', 'Instance', `${TARGET_INFO}{job=~"$job"}`, 'instance');

const OPERATIONS = `${countName(OPERATION_DURATION)}{job=~"$job"}`;

/** Names of operations. */
export const operation = (): VariableBuilder =>
  valuesOf('operation', 'Operation', OPERATIONS, labelName(ATTR_OPERATION_NAME));

/** Labels of operations that are not there on all of them; those of the program are its dimensions. */
const DIMENSIONS = `/^(?!(?:__name__|instance|le|otel_scope_.*|${labelName(ATTR_OPERATION_NAME)})$).*/`;

/** A label that operations are told apart by: a dimension of the program, `error_type` or `job`. */
export const dimension = (): VariableBuilder => labelsOf('dimension', 'Dimension', OPERATIONS, DIMENSIONS, 'job');

/** Severities of errors. */
export const errorSeverity = (): VariableBuilder =>
  valuesOf('severity', 'Severity', `${seriesName(ERRORS)}{job=~"$job"}`, labelName(ATTR_ERROR_SEVERITY));

/** Severities of alerts, as rules set them. */
export const alertSeverity = (): VariableBuilder => valuesOf('severity', 'Severity', 'ALERTS', 'severity');
