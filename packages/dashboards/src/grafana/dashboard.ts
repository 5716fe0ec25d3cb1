import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  RowBuilder,
  type RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { FIRING } from './alert-series.js';
import { ORANGE } from './limits.js';
import type { PanelBuilder } from './panel.js';
import { by } from './promql.js';
import { PROMETHEUS } from './query.js';
import { datasource, instance, job, type VariableBuilder } from './variables.js';

/** A line across the dashboard with a title, and the panels under it. Their widths fill lines of 24 columns. */
export interface Section {
  readonly title: string;
  readonly panels: readonly PanelBuilder[];
}

export interface DashboardOptions {
  /** Its file's name, and the end of its uid: `system-overview`. Never changed: links are made of it. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly sections: readonly Section[];
  /** Beside data source, service and instance. */
  readonly variables?: readonly VariableBuilder[];
  /** How far back it shows when it is opened: `now-1h`. */
  readonly from?: string;
  /** How often it asks again: `30s`. */
  readonly refresh?: string;
}

/** Every dashboard has it; the links between them find it. */
export const TAG = 'otel-monitor';
const UID_PREFIX = 'otel-monitor-';

/** Firing alerts, drawn over every panel. */
const ALERTS_OVER_PANELS = by(['alertname', 'severity'], FIRING, 'max');

/** A dashboard with what all of them have: data source, services and instances to choose, links to the others. */
export function dashboard(options: DashboardOptions): Dashboard {
  const { name, title, description, sections, variables = [], from = 'now-1h', refresh = '30s' } = options;
  const builder = new DashboardBuilder(title)
    .uid(`${UID_PREFIX}${name}`)
    .description(description)
    .tags([TAG])
    .time({ from, to: 'now' })
    .refresh(refresh)
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([datasource(), job(), instance(), ...variables])
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name('Alerts')
        .enable(true)
        .iconColor(ORANGE)
        .datasource(PROMETHEUS)
        .target(new DataqueryBuilder().refId('Alerts').expr(ALERTS_OVER_PANELS))
        .titleFormat('{{alertname}}')
        .textFormat('{{severity}}'),
    );
  for (const { title: line, panels } of sections) {
    builder.withRow(new RowBuilder(line));
    for (const panel of panels) builder.withPanel(copyOf(panel));
  }
  const built = builder.build();
  // the SDK puts these into a menu; they belong beside the variables, where they are seen
  for (const shown of [...(built.links ?? []), ...(built.annotations.list ?? [])]) delete shown.placement;
  numbered(built.panels ?? []);
  return built;
}

/** A section may stand on several dashboards, and the SDK writes the place into the panel itself. */
const copyOf = (panel: PanelBuilder): PanelBuilder => ({
  build: () => {
    const built = panel.build();
    return { ...built, ...(built.gridPos && { gridPos: { ...built.gridPos } }) };
  },
});

/** Links to one panel name its id: they are numbered in their order. */
function numbered(panels: readonly (Panel | RowPanel)[]): void {
  for (const [index, panel] of panels.entries()) panel.id = index + 1;
}
