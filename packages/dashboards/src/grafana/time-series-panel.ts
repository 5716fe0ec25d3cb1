import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { thresholds } from './limits.js';
import { described, type PanelBuilder, type PanelOptions } from './panel.js';
import { overTime, PROMETHEUS } from './query.js';

export interface TimeSeriesOptions extends PanelOptions {
  /** Values on top of each other, for parts of a whole. */
  readonly stacked?: boolean;
  /** Values may be below 0; left out: the scale begins there. */
  readonly negative?: boolean;
}

const HEIGHT = 8;

/** Lines over time, limits as dashed lines, and a table of the last and largest values under them. */
export function timeSeries(options: TimeSeriesOptions): PanelBuilder {
  const { limits, stacked = false, negative = false, queries } = options;
  const builder = described(new TimeSeriesBuilder(), negative ? options : { min: 0, ...options }, {
    height: HEIGHT,
    datasource: PROMETHEUS,
  })
    .targets(overTime(queries))
    .lineWidth(1)
    .fillOpacity(stacked ? 30 : 10)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .thresholds(thresholds(limits))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', 'max']),
    );
  if (limits !== undefined) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  return builder;
}
