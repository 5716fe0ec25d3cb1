import { type AlertCase, type InputSeries, rising, steady } from '../alert-case.js';

const prometheus = { instance: '127.0.0.1:9090' };
const alertmanager = { instance: '127.0.0.1:9093' };

const failures = (values: string): InputSeries => ({
  'prometheus_rule_evaluation_failures_total{job="prometheus",instance="127.0.0.1:9090",rule_group="errors.yaml;errors"}':
    values,
});
const dropped = (values: string): InputSeries => ({
  'prometheus_notifications_dropped_total{job="prometheus",instance="127.0.0.1:9090"}': values,
});
const failed = (values: string): InputSeries => ({
  'alertmanager_notifications_failed_total{job="alertmanager",instance="127.0.0.1:9093",integration="slack",reason="clientError"}':
    values,
});

const cannotEvaluate = {
  severity: 'warning',
  labels: { ...prometheus, rule_group: 'errors.yaml;errors' },
  summary: 'Prometheus 127.0.0.1:9090 cannot evaluate errors.yaml;errors',
} as const;
const notSent = {
  severity: 'critical',
  labels: prometheus,
  summary: 'Prometheus 127.0.0.1:9090 cannot hand its alerts to Alertmanager',
} as const;
const cannotNotify = {
  severity: 'critical',
  labels: { ...alertmanager, integration: 'slack' },
  summary: 'Alertmanager 127.0.0.1:9093 cannot notify by slack',
} as const;

const watchdog = {
  severity: 'info',
  labels: {},
  summary: 'Prometheus evaluates its rules and Alertmanager hears of it',
} as const;

export const alertingCases: readonly AlertCase[] = [
  { alert: 'Watchdog', when: 'nothing is there', series: {}, at: '1m', fires: [watchdog] },
  { alert: 'Watchdog', when: 'Prometheus has just started', series: failures(steady(0)), at: '0m', fires: [] },
  { alert: 'Watchdog', when: 'all is well', series: failures(steady(0)), at: '20m', fires: [watchdog] },
  {
    alert: 'RuleEvaluationFailing',
    when: 'for a minute',
    series: failures(rising(1)),
    at: '2m',
    fires: [cannotEvaluate],
  },
  { alert: 'RuleEvaluationFailing', when: 'just now', series: failures(rising(1)), at: '1m', fires: [] },
  { alert: 'RuleEvaluationFailing', when: 'long ago', series: failures(steady(4)), at: '20m', fires: [] },
  { alert: 'AlertsNotSent', when: 'for 5 minutes', series: dropped(rising(1)), at: '6m', fires: [notSent] },
  { alert: 'AlertsNotSent', when: 'for 4 minutes', series: dropped(rising(1)), at: '5m', fires: [] },
  { alert: 'AlertsNotSent', when: 'long ago', series: dropped(steady(4)), at: '20m', fires: [] },
  { alert: 'NotificationsFailing', when: 'for 5 minutes', series: failed(rising(1)), at: '6m', fires: [cannotNotify] },
  { alert: 'NotificationsFailing', when: 'for 4 minutes', series: failed(rising(1)), at: '5m', fires: [] },
  { alert: 'NotificationsFailing', when: 'long ago', series: failed(steady(4)), at: '20m', fires: [] },
];
