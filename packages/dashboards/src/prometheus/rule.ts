/** How loud an alert is: `critical` is told at once, `warning` when it has lasted, `info` is written down and told nobody. */
export type AlertSeverity = 'info' | 'warning' | 'critical';

/** The name of a dashboard's file, which is the end of its uid. */
export type DashboardName =
  | 'agents-and-cycles'
  | 'alerts-and-trends'
  | 'application-performance'
  | 'business-calculations'
  | 'error-tracking'
  | 'microservices-health'
  | 'system-overview';

/** A series that Prometheus computes at each evaluation and keeps under a name of its own. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert as the typed source has it. Name and severity together are unique. */
export interface AlertRule {
  readonly alert: string;
  readonly severity: AlertSeverity;
  /** What fires, as PromQL. It is given `limit`, so that a threshold stands in one place. */
  readonly expr: (limit: number) => string;
  /** The threshold in base units: seconds, bytes, ratios from 0 to 1. Left out where the expression has none. */
  readonly limit?: number;
  /** How long it must hold before it fires: `5m`. Left out: at once. */
  readonly for?: string;
  /** Further labels. `severity` is always there. */
  readonly labels?: Readonly<Record<string, string>>;
  /** One line of a Prometheus template: who, what, how much. */
  readonly summary: string;
  /** What that means for the users of the service, and no template. */
  readonly description: string;
  /** The dashboard that shows it. Left out: that of the file. */
  readonly dashboard?: DashboardName;
}

export type Rule = RecordingRule | AlertRule;

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** A file of rules: one topic. */
export interface RuleFile {
  /** Without folder and ending. */
  readonly name: string;
  /** What the file is for; its header. */
  readonly about: string;
  /** The dashboard that shows what its alerts are about; none for a file without alerts. */
  readonly dashboard?: DashboardName;
  readonly groups: readonly RuleGroup[];
}

export const isAlert = (rule: Rule): rule is AlertRule => 'alert' in rule;
