import { asFlag, asNumber } from './conversions.js';
import { secretVariables } from './secret-variable.js';
import { setting, type Variable } from './variable.js';

/** What is kept of errors and usage, and where. */
export const keptVariables: readonly Variable[] = [
  setting('OTEL_MONITOR_ERROR_MAX_GROUPS', 'errorTracking.maxGroups', asNumber),
  setting('OTEL_MONITOR_ERROR_SAMPLES_PER_GROUP', 'errorTracking.samplesPerGroup', asNumber),
  setting('OTEL_MONITOR_ERROR_BREADCRUMBS', 'errorTracking.breadcrumbs', asNumber),
  setting('OTEL_MONITOR_ERROR_SOURCE_MAPS', 'errorTracking.sourceMaps', asFlag),
  setting('OTEL_MONITOR_ERROR_UNHANDLED_REJECTIONS', 'errorTracking.captureUnhandledRejections', asFlag),
  setting('OTEL_MONITOR_USAGE_ENABLED', 'usage.enabled', asFlag),
  setting('OTEL_MONITOR_USAGE_RETENTION_DAYS', 'usage.retentionDays', asNumber),
  setting('OTEL_MONITOR_STATE_ENABLED', 'state.enabled', asFlag),
  setting('OTEL_MONITOR_STATE_DIRECTORY', 'state.directory'),
  setting('OTEL_MONITOR_STATE_FLUSH_INTERVAL', 'state.flushIntervalMillis', asNumber),
  ...secretVariables('OTEL_MONITOR_USER_HASH_KEY', 'redaction.userHashKey', 'a key'),
];
