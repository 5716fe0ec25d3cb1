import type { AlertmanagerOptions, PrometheusOptions } from '@otel-monitor/dashboards';

export type Dashboards = typeof import('@otel-monitor/dashboards');

/** What files are made for. */
export const EMIT_TARGETS = ['grafana', 'prometheus', 'alertmanager'] as const;
export type EmitTarget = (typeof EMIT_TARGETS)[number];

export type EmittedOptions = PrometheusOptions & AlertmanagerOptions;

/** One thing that is a matter of who emits, and what it is called on the command line. */
export interface EmitOption {
  /** As commander takes it: `--runbooks <place>`. */
  readonly flags: string;
  readonly target: Exclude<EmitTarget, 'grafana'>;
  readonly about: string;
  /** What its value must be, as the message about one that is not says it. */
  readonly expected: string;
  /** May be given several times. */
  readonly isList?: boolean;
  /** Where it is read from when it is not given. */
  readonly env?: string;
  /** The options of the package; undefined for a text that cannot be. Those that it refuses itself need no look here. */
  readonly read: (text: string, dashboards: Dashboards, before: EmittedOptions) => EmittedOptions | undefined;
}
