import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DataTransformerConfig, DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { type Limits, thresholds } from './limits.js';
import { described, type PanelBuilder, type PanelOptions } from './panel.js';
import { ofNow, PROMETHEUS } from './query.js';

/** A column of values: what one query says, by the order of the queries. */
export interface ValueColumn {
  readonly title: string;
  readonly unit?: string;
  readonly limits?: Limits;
}

export interface TableOptions extends Omit<PanelOptions, 'unit' | 'limits' | 'min' | 'max'> {
  /** The labels that make a row, with the titles of their columns. The queries' series have these labels and no others. */
  readonly labels: Readonly<Record<string, string>>;
  /** One a query. */
  readonly values: readonly ValueColumn[];
  /** The title of the column that it is sorted by, largest first. */
  readonly sortedBy: string;
}

const HEIGHT = 9;

/** One row for each combination of labels, one column for each query, of the end of the time that is shown. */
export function table({ labels, values, sortedBy, ...options }: TableOptions): PanelBuilder {
  const builder = described(new TableBuilder(), options, { height: HEIGHT, datasource: PROMETHEUS })
    .targets(ofNow(options.queries))
    .transformations(rowsOfLabels(labels, values))
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortedBy).desc(true)]);
  for (const { title, unit = 'short', limits } of values) {
    const properties: DynamicConfigValue[] = [{ id: 'unit', value: unit }];
    if (limits !== undefined) {
      properties.push(
        { id: 'thresholds', value: thresholds(limits).build() },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      );
    }
    builder.overrideByName(title, properties);
  }
  return builder;
}

/** Joins what the queries say by their labels; renames and orders the columns. Times are left out: all are the same. */
function rowsOfLabels(labels: TableOptions['labels'], values: readonly ValueColumn[]): DataTransformerConfig[] {
  // a lone query's values are in `Value`, those of several in `Value #A`, `Value #B` …
  const field = (index: number) => (values.length === 1 ? 'Value' : `Value #${String.fromCharCode(65 + index)}`);
  const titles = { ...labels, ...Object.fromEntries(values.map(({ title }, index) => [field(index), title])) };
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(Object.keys(titles).map((name, index) => [name, index])),
        renameByName: titles,
      },
    },
  ];
}
