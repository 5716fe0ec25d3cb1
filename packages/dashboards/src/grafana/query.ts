import { DataqueryBuilder, PromQueryFormat, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';
import { grafanaVariable } from './grafana-variable.js';
import { legendOf } from './promql.js';

/** A query of a panel. */
export interface Query {
  /** PromQL, with variables of Grafana. */
  readonly expression: string;
  /** What its series are called: text, with `{{label}}` for the value of a label. */
  readonly legend?: string;
  /** Shows exemplars of the histogram in it as points that lead to traces. False when left out. */
  readonly exemplars?: boolean;
}

/** A query of Prometheus with what it calls its series. */
export const query = (expression: string, legend = ''): Query => ({ expression, legend });

/** A query that has one series for each combination of values of these labels, which are what it is called. */
export const each = (labels: readonly string[], expression: string): Query => query(expression, legendOf(labels));

/** The same with exemplars; for histograms alone. */
export const withExemplars = (query: Query): Query => ({ ...query, exemplars: true });

const refId = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);

/** Queries over the time that is shown, named A, B, C … */
export function overTime(queries: readonly Query[], format = PromQueryFormat.TimeSeries): DataqueryBuilder[] {
  return queries.map((one, index) => target(one, index).range().format(format));
}

/** Queries of one moment, the end of the time that is shown, as rows of a table. */
export function ofNow(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map((one, index) => target(one, index).instant().format(PromQueryFormat.Table));
}

function target({ expression, legend = '', exemplars = false }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(refId(index))
    .datasource(PROMETHEUS)
    .editorMode(QueryEditorMode.Code)
    .expr(expression)
    .exemplar(exemplars)
    .legendFormat(legend === '' ? '__auto' : legend);
}

/** The data source that is chosen at the top of the dashboard. */
export const PROMETHEUS = { type: 'prometheus', uid: grafanaVariable('datasource') };
