import { ATTR_OPERATION_NAME } from '@otel-monitor/semconv';
import { labelName } from '../series.js';
import type { DashboardName } from './rule.js';

/** Where people read on. */
export interface AlertLinks {
  /** Before `#alertname`. */
  readonly runbooks: string;
  /** Grafana's address, without `/` at its end; none: no links to dashboards. */
  readonly grafana?: string;
}

/** Variables of dashboards by the labels of alerts that choose them. */
const CHOSEN: Readonly<Record<string, string>> = {
  job: 'job',
  instance: 'instance',
  [labelName(ATTR_OPERATION_NAME)]: 'operation',
};

/** How far back a dashboard shows that an alert leads to: the hours in which it began. */
const FROM = 'now-3h';

/** @throws RangeError naming the option: text that is no place to read on */
export function checkLinks({ runbooks, grafana }: AlertLinks): void {
  if (!/^[^\s{}#'"<>|]+$/.test(runbooks)) {
    throw new RangeError(`runbooks: "${runbooks}" is neither an address nor a path, without # and spaces`);
  }
  if (grafana !== undefined && !(URL.canParse(grafana) && /^https?:\/\/[^\s{}?#@'"<>|]+$/.test(grafana))) {
    throw new RangeError(
      `grafana: "${grafana}" is no address such as https://grafana.example.com, without query and credentials`,
    );
  }
}

/** The links of an alert as annotations: its runbook, and its dashboard with service, instance and operation of the alert chosen. */
export function linkAnnotations(alert: string, dashboard: DashboardName | undefined, links: AlertLinks): object {
  const { runbooks, grafana } = links;
  const runbook = { runbook_url: `${runbooks}#${alert.toLowerCase()}` };
  if (grafana === undefined || dashboard === undefined) return runbook;
  // a label that an alert does not have must not choose nothing at all
  const variables = Object.entries(CHOSEN).map(
    ([label, variable]) => `{{ with $labels.${label} }}&var-${variable}={{ . | urlquery }}{{ end }}`,
  );
  return {
    ...runbook,
    dashboard_url: `${grafana.replace(/\/+$/, '')}/d/otel-monitor-${dashboard}?from=${FROM}&to=now${variables.join('')}`,
  };
}
