import { grafanaFiles } from '../../src/index.js';

/** What the tests read of a dashboard's JSON: what Grafana would read. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  readonly panels: readonly PanelJson[];
  readonly links: readonly Readonly<Record<string, unknown>>[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly query: unknown }[];
  };
}

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: unknown;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly exemplar: boolean }[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly min?: number;
      readonly max?: number;
      readonly custom?: { readonly axisSoftMin?: number; readonly axisSoftMax?: number };
      readonly links?: readonly Readonly<Record<string, unknown>>[];
      readonly thresholds?: { readonly steps: readonly { readonly value: number | null }[] };
    };
  };
}

/** Every dashboard, by the name of its file. */
export const dashboardFiles: readonly (readonly [string, DashboardJson])[] = grafanaFiles().map(({ path, text }) => [
  path,
  JSON.parse(text) as DashboardJson,
]);

/** The panels that show something: rows are lines between them. */
export const shownPanels = ({ panels }: DashboardJson): PanelJson[] => panels.filter(({ type }) => type !== 'row');
