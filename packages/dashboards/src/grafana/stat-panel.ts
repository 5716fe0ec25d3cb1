import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { thresholds } from './limits.js';
import { described, type PanelBuilder, type PanelOptions } from './panel.js';
import { overTime, PROMETHEUS } from './query.js';

export interface StatOptions extends PanelOptions {
  /** Words in place of values. */
  readonly mappings?: ValueMapping[];
}

const HEIGHT = 4;

/** One figure, the latest, coloured by its limits, over a small line of how it came there. */
export function stat(options: StatOptions): PanelBuilder {
  const { limits, queries, mappings } = options;
  const builder = described(new StatBuilder(), options, { height: HEIGHT, datasource: PROMETHEUS })
    .targets(overTime(queries))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .graphMode(BigValueGraphMode.Area)
    .colorMode(limits === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
    .textMode(BigValueTextMode.Auto)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(thresholds(limits));
  if (mappings !== undefined) builder.mappings(mappings);
  return builder;
}
