import { grafanaFiles } from '@otel-monitor/dashboards';

/** One thing that a dashboard asks Prometheus. */
export type Asked =
  | {
      readonly kind: 'panel';
      readonly dashboard: string;
      readonly panel: string;
      readonly panelType: string;
      readonly expression: string;
      readonly instant: boolean;
      readonly exemplars: boolean;
      /** Labels that have a place: in the legend, or as a column. */
      readonly labels: readonly string[];
    }
  | { readonly kind: 'annotation'; readonly dashboard: string; readonly panel: string; readonly expression: string }
  | {
      readonly kind: 'variable';
      readonly dashboard: string;
      readonly panel: string;
      /** The series; undefined: all. */
      readonly expression: string;
      /** Whose values; undefined: the names of the labels. */
      readonly label?: string;
      /** As in the dashboard. */
      readonly regex?: string;
    };

interface PanelModel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { expr: string; instant?: boolean; exemplar?: boolean; legendFormat?: string }[];
  readonly fieldConfig?: { readonly defaults: { readonly links?: readonly { url: string }[] } };
  readonly transformations?: readonly { id: string; options: { renameByName?: Record<string, string> } }[];
}

export interface DashboardModel {
  readonly uid: string;
  readonly panels: readonly PanelModel[];
  readonly templating: {
    readonly list: readonly { type: string; name: string; query: { query: string } | string; regex?: string }[];
  };
  readonly annotations: { readonly list: readonly { name: string; target: { expr: string } }[] };
}

/** Every dashboard by its file's name without the ending. */
export const dashboards: ReadonlyMap<string, DashboardModel> = new Map(
  grafanaFiles().map(({ path, text }) => [path.replace(/\.json$/, ''), JSON.parse(text) as DashboardModel]),
);

/** All that the dashboards ask, in their order. */
export function everythingAsked(): Asked[] {
  return [...dashboards].flatMap(([dashboard, model]) => [
    ...model.panels.flatMap((panel) => ofPanel(dashboard, panel)),
    ...model.annotations.list.map(({ name, target }) => ({
      kind: 'annotation' as const,
      dashboard,
      panel: name,
      expression: target.expr,
    })),
    ...model.templating.list.flatMap(({ type, name, query, regex }) =>
      type === 'query' && typeof query === 'object' ? [ofVariable(dashboard, name, query.query, regex)] : [],
    ),
  ]);
}

function ofPanel(dashboard: string, { type, title, targets = [], transformations = [] }: PanelModel): Asked[] {
  const columns = transformations.find(({ id }) => id === 'organize')?.options.renameByName ?? {};
  return targets.map(({ expr, instant = false, exemplar = false, legendFormat = '' }) => ({
    kind: 'panel' as const,
    dashboard,
    panel: title,
    panelType: type,
    expression: expr,
    instant,
    exemplars: exemplar,
    labels:
      type === 'table' ? Object.keys(columns).filter((name) => !name.startsWith('Value')) : inLegend(legendFormat),
  }));
}

const inLegend = (legend: string) => [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label as string);

function ofVariable(dashboard: string, panel: string, query: string, regex = ''): Asked {
  const values = /^label_values\((.+), (\w+)\)$/.exec(query);
  if (values !== null) {
    return { kind: 'variable', dashboard, panel, expression: values[1] as string, label: values[2] as string };
  }
  const names = /^label_names\((.+)\)$/.exec(query);
  if (names === null) throw new Error(`not a query of a variable: ${query}`);
  return { kind: 'variable', dashboard, panel, expression: names[1] as string, regex };
}
