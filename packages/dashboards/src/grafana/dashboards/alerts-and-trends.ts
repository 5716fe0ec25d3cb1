import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.js';
import { activeAlerts, alertHistory } from '../sections/alerts.js';
import { trends } from '../sections/trends.js';
import { alertSeverity } from '../variables.js';

/** Alerts of Prometheus that fire and have fired, and how the services go over days. */
export const alertsAndTrends = (): Dashboard =>
  dashboard({
    name: 'alerts-and-trends',
    title: 'Alerts and trends',
    description: 'Alerts that fire, when alerts fired, and how times, failures and memory go over days.',
    variables: [alertSeverity()],
    sections: [activeAlerts, alertHistory, trends],
    from: 'now-7d',
    refresh: '5m',
  });
