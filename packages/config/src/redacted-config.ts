import { createRedactor } from '@otel-monitor/redaction';
import type { MonitoringConfig } from './monitoring-config.js';

const HIDDEN = '[redacted]';
/** Groups in which every value is a secret, whatever its key. */
const SECRET_GROUPS = new Set(['tokens', 'headers']);
const SECRET_KEYS = new Set(['webhookUrl', 'userHashKey']);
/** `server.auth` tells how, not with what. */
const redactor = createRedactor({ allowKeys: ['auth'] });

/** A copy of the configuration that may be shown: tokens, headers, webhooks and credentials in addresses replaced. */
export function redactedConfig(config: MonitoringConfig): MonitoringConfig {
  return redacted('', config, false) as MonitoringConfig;
}

function redacted(key: string, value: unknown, secret: boolean): unknown {
  if (value === null || value === undefined) return value;
  if (typeof value === 'function') return '[function]';
  if (Array.isArray(value)) return secret ? HIDDEN : value.map((item) => redacted(key, item, false));
  if (typeof value === 'object') {
    const inner = secret || SECRET_GROUPS.has(key);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redacted(name, each, inner)]));
  }
  return secret || SECRET_KEYS.has(key) ? HIDDEN : redactor.redactValue(key, value);
}
