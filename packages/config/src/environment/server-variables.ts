import { asList, asNumber } from './conversions.js';
import { secretVariables } from './secret-variable.js';
import { setting, type Variable } from './variable.js';

/** Address and tokens of the server. */
export const serverVariables: readonly Variable[] = [
  setting('OTEL_MONITOR_ALLOWED_HOSTS', 'server.allowedHosts', asList),
  setting('OTEL_EXPORTER_PROMETHEUS_HOST', 'server.host'),
  setting('OTEL_EXPORTER_PROMETHEUS_PORT', 'server.port', asNumber),
  ...['viewer', 'operator', 'admin'].flatMap((role) =>
    secretVariables(`OTEL_MONITOR_TOKEN_${role.toUpperCase()}`, `server.tokens.${role}`, 'a token'),
  ),
];
