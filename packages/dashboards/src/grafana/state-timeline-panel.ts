import {
  LegendDisplayMode,
  LegendPlacement,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StateTimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { described, type PanelBuilder, type PanelOptions } from './panel.js';
import { overTime, PROMETHEUS } from './query.js';

export interface StateTimelineOptions extends PanelOptions {
  /** The word and the colour of each value. */
  readonly states: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
}

const HEIGHT = 8;

/** One band for each series, coloured by its value over time. */
export function stateTimeline(options: StateTimelineOptions): PanelBuilder {
  return described(new StateTimelineBuilder(), options, { height: HEIGHT, datasource: PROMETHEUS })
    .targets(overTime(options.queries))
    .mappings([words(options.states)])
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.9)
    .fillOpacity(80)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    );
}

/** Values as words of a colour. */
export function words(states: StateTimelineOptions['states']): ValueMapping {
  const options = Object.fromEntries(
    Object.entries(states).map(([value, state], index) => [value, { ...state, index }]),
  );
  return { type: MappingType.ValueToText, options };
}
