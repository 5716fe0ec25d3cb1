import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { DashboardLink, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Limits } from './limits.js';
import type { Query } from './query.js';

/** A panel before it is placed. */
export type PanelBuilder = Builder<Panel>;

/** Where a click on a value leads: the part of the SDK's link that Grafana has for values. */
export type DataLink = Pick<DashboardLink, 'title' | 'url' | 'targetBlank'>;

/** What is said of a panel, whatever its kind. */
export interface PanelOptions {
  readonly title: string;
  /** What is seen, in one or two sentences, and which call of the program fills it where that is not plain. */
  readonly description: string;
  /** Columns of 24. */
  readonly width: number;
  /** Units of 30 pixels. Each kind of panel has its own height when left out. */
  readonly height?: number;
  /** By Grafana's name; constants of the foundation SDK's `units`. `short` when left out. */
  readonly unit?: string;
  readonly limits?: Limits;
  /** Where the scale ends. */
  readonly min?: number;
  readonly max?: number;
  readonly queries: readonly Query[];
  /** Where a click on a value may lead. */
  readonly links?: readonly DataLink[];
}

/** The methods that the builders of all kinds of panels have in common. */
interface AnyBuilder {
  title(title: string): this;
  description(description: string): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  min(min: number): this;
  max(max: number): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  datasource(source: { type: string; uid: string }): this;
}

/** Sets what panels of every kind have. */
export function described<Kind extends AnyBuilder>(
  builder: Kind,
  { title, description, width, height, unit = 'short', min, max, links }: PanelOptions,
  ofKind: { readonly height: number; readonly datasource: { type: string; uid: string } },
): Kind {
  builder
    .title(title)
    .description(description)
    .span(width)
    .height(height ?? ofKind.height)
    .datasource(ofKind.datasource)
    .unit(unit);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  // the SDK has the type of the dashboard's own links here, with more than a value's link can have
  if (links !== undefined) builder.dataLinks(links.map((link) => ({ build: () => link as DashboardLink })));
  return builder;
}
