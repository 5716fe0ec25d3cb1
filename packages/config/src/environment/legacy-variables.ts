import { MAX_TIMER_MILLIS } from '../schema/fields.js';
import { asFlag, asNumber } from './conversions.js';
import { setting, type Variable } from './variable.js';

/** A variable in another unit than its setting. */
function scaled(name: string, path: string, factor: number, expected: string, round: boolean): Variable {
  return {
    name,
    read(text, reader) {
      const value = asNumber(text);
      const product = typeof value === 'number' ? value * factor : value;
      reader.put(path, round && typeof product === 'number' ? Math.round(product) : product, expected);
    },
  };
}

/**
 * The names that the services used before. Where OpenTelemetry has a name for the same, that one wins, since it comes
 * first in the table.
 */
export const legacyVariables: readonly Variable[] = [
  setting('METRICS_COLLECTION_ENABLED', 'metrics.enabled', asFlag),
  setting('ENABLE_METRICS_COLLECTION', 'metrics.enabled', asFlag),
  scaled(
    'METRICS_COLLECTION_INTERVAL',
    'metricExportIntervalMillis',
    1_000,
    `a number of seconds from 0.001 to ${Math.floor(MAX_TIMER_MILLIS / 1_000)}`,
    true,
  ),
  setting('ERROR_TRACKING_ENABLED', 'errorTracking.enabled', asFlag),
  setting('PERFORMANCE_DASHBOARD_ENABLED', 'dashboard.enabled', asFlag),
  setting('HEALTH_MONITORING_ENABLED', 'health.enabled', asFlag),
  setting('PROMETHEUS_EXPORT_ENABLED', 'prometheus.enabled', asFlag),
  setting('ALERT_COOLDOWN_MINUTES', 'alerts.cooldownMinutes', asNumber),
  { ...setting('ALERT_WEBHOOK_URL', 'alerts.webhookUrl'), shown: 'not' },
  setting('ALERT_SLACK_CHANNEL', 'alerts.slackChannel'),
  setting('METRICS_RETENTION_HOURS', 'retention.metricsHours', asNumber),
  scaled(
    'METRICS_RETENTION_MINUTES',
    'retention.metricsHours',
    1 / 60,
    'a number of minutes from 0 to 52560000',
    false,
  ),
  setting('ERROR_RETENTION_HOURS', 'retention.errorHours', asNumber),
  setting('HEALTH_RETENTION_HOURS', 'retention.healthHours', asNumber),
];
