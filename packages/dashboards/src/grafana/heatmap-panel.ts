import { TooltipDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import {
  PanelBuilder as HeatmapBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapTooltipBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { described, type PanelBuilder, type PanelOptions } from './panel.js';
import { overTime, PROMETHEUS } from './query.js';

const HEIGHT = 8;

/** How many measurements fell into which bucket of a histogram, over time: darker is more. Its query is by `le` alone. */
export function heatmap(options: PanelOptions): PanelBuilder {
  return described(new HeatmapBuilder(), options, { height: HEIGHT, datasource: PROMETHEUS })
    .targets(overTime(options.queries, PromQueryFormat.Heatmap))
    .calculate(false)
    .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme('Oranges').steps(64))
    .yAxis(new YAxisConfigBuilder().unit(options.unit ?? 'short'))
    .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).yHistogram(true))
    .showLegend();
}
