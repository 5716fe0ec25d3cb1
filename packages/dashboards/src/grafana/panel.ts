import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { DashboardLinkBuilder, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Limits } from './limits.js';
import type { Query } from './query.js';

/** A panel before it is placed. */
export type PanelBuilder = Builder<Panel>;

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
  readonly links?: readonly DashboardLinkBuilder[];
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
  dataLinks(links: DashboardLinkBuilder[]): this;
  datasource(source: { type: string; uid: string }): this;
}

/** Sets what panels of every kind have. */
export function described<Builder extends AnyBuilder>(
  builder: Builder,
  { title, description, width, height, unit = 'short', min, max, links }: PanelOptions,
  ofKind: { readonly height: number; readonly datasource: { type: string; uid: string } },
): Builder {
  builder
    .title(title)
    .description(description)
    .span(width)
    .height(height ?? ofKind.height)
    .datasource(ofKind.datasource)
    .unit(unit);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (links !== undefined) builder.dataLinks([...links]);
  return builder;
}
