import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { BarGaugeDisplayMode, ReduceDataOptionsBuilder, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { thresholds } from './limits.js';
import { described, type PanelBuilder, type PanelOptions } from './panel.js';
import { overTime, PROMETHEUS } from './query.js';

const HEIGHT = 8;

/** A bar for each series with its latest value, coloured by the limits. */
export function barGauge(options: PanelOptions): PanelBuilder {
  return described(new BarGaugeBuilder(), { min: 0, ...options }, { height: HEIGHT, datasource: PROMETHEUS })
    .targets(overTime(options.queries))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Gradient)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(thresholds(options.limits));
}
