import { ATTR_COMPONENT_NAME, ATTR_OPERATION_NAME } from '@otel-monitor/semconv';
import { WATCHDOG } from '../prometheus/watchdog-alert.js';
import { labelName } from '../series.js';

/** Alerts of the chosen services, and those that are of no service at all; not the one that always fires. */
const OF_SERVICES = `alertname!="${WATCHDOG}", job=~"$job|"`;

/** One series for each alert that fires, 1; Prometheus makes it of every rule file. */
export const FIRING = `ALERTS{alertstate="firing", ${OF_SERVICES}}`;

/** The same of alerts whose time has not come yet. */
export const PENDING = `ALERTS{alertstate="pending", ${OF_SERVICES}}`;

/** Since when an alert is what it is, in seconds since 1970; pending ones with them. */
export const ALERT_SINCE = `ALERTS_FOR_STATE{${OF_SERVICES}}`;

/** What the labels that tell alerts apart are called: those that every rule has, and those that say what of a service it is. */
export const ALERT_TITLES: Readonly<Record<string, string>> = {
  alertname: 'Alert',
  severity: 'Severity',
  job: 'Service',
  instance: 'Instance',
  [labelName(ATTR_COMPONENT_NAME)]: 'Component',
  [labelName(ATTR_OPERATION_NAME)]: 'Operation',
};

export const ALERT_LABELS: readonly string[] = Object.keys(ALERT_TITLES);
