import { asFlag, asList, asLowerCase } from './conversions.js';
import { setting, type Variable } from './variable.js';

/** The privacy policy. It cannot be switched off from outside of the code and the file. */
export const redactionVariables: readonly Variable[] = [
  setting('OTEL_MONITOR_REDACTION_MODE', 'redaction.mode', asLowerCase),
  setting('OTEL_MONITOR_REDACTION_ALLOWED_ATTRIBUTES', 'redaction.allowedAttributes', asList),
  setting('OTEL_MONITOR_REDACTION_EXTRA_KEYS', 'redaction.extraKeys', asList),
  setting('OTEL_MONITOR_REDACTION_IP_ADDRESSES', 'redaction.ipAddresses', asFlag),
];
