import type { RuleFile } from './rule.js';
import { watchdogAlert } from './watchdog-alert.js';

/** Prometheus and Alertmanager about themselves: whether an alert would reach anybody. */
export const alertingAlerts: RuleFile = {
  name: 'alerting',
  dashboard: 'alerts-and-trends',
  about:
    'Whether alerts would reach anybody, by what Prometheus and Alertmanager tell of themselves: scrape both for these.\n' +
    'What says that nothing is told may itself not be told: Watchdog always fires, and is missed by who is told of it all\n' +
    'the time (docs/alerting.md).',
  groups: [
    {
      name: 'alerting',
      rules: [
        watchdogAlert,
        {
          alert: 'RuleEvaluationFailing',
          severity: 'warning',
          limit: 0,
          expr: (limit) =>
            `sum by (instance, rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > ${limit}`,
          for: '1m',
          summary: 'Prometheus {{ $labels.instance }} cannot evaluate {{ $labels.rule_group }}',
          description: 'The alerts of this group do not fire, whatever happens.',
        },
        {
          alert: 'AlertsNotSent',
          severity: 'critical',
          limit: 0,
          expr: (limit) => `sum by (instance) (rate(prometheus_notifications_dropped_total[5m])) > ${limit}`,
          for: '5m',
          summary: 'Prometheus {{ $labels.instance }} cannot hand its alerts to Alertmanager',
          description: 'Alerts fire and nobody is told.',
        },
        {
          alert: 'NotificationsFailing',
          severity: 'critical',
          limit: 0,
          expr: (limit) =>
            `sum by (instance, integration) (rate(alertmanager_notifications_failed_total[5m])) > ${limit}`,
          for: '5m',
          summary: 'Alertmanager {{ $labels.instance }} cannot notify by {{ $labels.integration }}',
          description: 'The receiver refuses or is not there: the address of the webhook may be wrong or withdrawn.',
        },
      ],
    },
  ],
};
