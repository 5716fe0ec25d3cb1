import type { AlertSeverity } from '../../src/index.js';

/** Series as promtool takes them: `{ 'up{job="shop"}': '1 0 0' }`, one value a minute. */
export type InputSeries = Readonly<Record<string, string>>;

/** What fires: its labels without alertname, and the one line that it says. */
export interface Firing {
  readonly severity: AlertSeverity;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** One alert on some series at one moment: all of what fires under its name. */
export interface AlertCase {
  readonly alert: string;
  readonly when: string;
  readonly series: InputSeries;
  /** Time since the first value: `5m`. */
  readonly at: string;
  readonly fires: readonly Firing[];
  /** The line of Prometheus that it holds in; any, where it is left out. */
  readonly line?: 2 | 3;
}

export const holdsIn = ({ line }: AlertCase, prometheus: { readonly line: 2 | 3 }): boolean =>
  line === undefined || line === prometheus.line;

/** A value that stays for some minutes. */
export const steady = (value: number, minutes = 30): string => `${value}+0x${minutes}`;

/** A counter that begins at 0 and rises by this a minute. */
export const rising = (perMinute: number, minutes = 30): string => `0+${perMinute}x${minutes}`;

/** `a="1",b="2"` for a selector. */
export const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',');

/** One series, with the labels of a scope, as every series of a program has them. */
export const scoped = (name: string, labels: Readonly<Record<string, string>>): string =>
  `${name}{${labelText({ otel_scope_name: 'shop', otel_scope_version: '1.0.0', ...labels })}}`;
