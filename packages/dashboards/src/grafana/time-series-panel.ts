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
  const { soft, hard } = scaleOf(options);
  const builder = described(new TimeSeriesBuilder(), negative ? options : { ...options, ...hard }, {
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
  if (soft?.max !== undefined) builder.axisSoftMax(soft.max);
  if (soft?.min !== undefined) builder.axisSoftMin(soft.min);
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  return builder;
}

/**
 * Where the scale ends: at 0, and where it was said. A share (`max: 1`) whose limits lie near one end is drawn around them, and
 * further when its values are: 3 % of failures and 96 % of successes are not to be told from none and all on a scale of 100 %.
 */
function scaleOf({ min = 0, max, limits }: TimeSeriesOptions): {
  readonly hard: { readonly min?: number | undefined; readonly max?: number | undefined };
  readonly soft?: { readonly min?: number; readonly max?: number };
} {
  if (max !== 1 || limits === undefined) return { hard: { min, max } };
  const { critical, bad = 'above' } = limits;
  if (bad === 'above' && critical < 0.2) return { hard: { min, max: undefined }, soft: { max: 2 * critical } };
  if (bad === 'below' && critical > 0.8) {
    return { hard: { min: undefined, max }, soft: { min: Number((1 - 2 * (1 - critical)).toPrecision(6)) } };
  }
  return { hard: { min, max } };
}
