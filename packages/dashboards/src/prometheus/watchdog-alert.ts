import type { AlertRule } from './rule.js';

/** The name of the alert that always fires. */
export const WATCHDOG = 'Watchdog';

/** Fires for as long as Prometheus evaluates rules: who hears of it no longer knows that nobody would hear of anything. */
export const watchdogAlert: AlertRule = {
  alert: WATCHDOG,
  severity: 'info',
  expr: () => 'vector(1)',
  for: '1m', // by then Prometheus that has just started knows where Alertmanager is
  summary: 'Prometheus evaluates its rules and Alertmanager hears of it',
  description: 'This alert always fires. When what it is sent to hears of it no longer, no other alert arrives either.',
};
