import { loadConfig, type MonitoringOptions } from '@otel-monitor/config';
import { initialState, runtimeState } from '@otel-monitor/runtime';
import { afterEach, expect, it } from 'vitest';
import { applySettings } from '../src/apply-settings.js';
import { resourceAttributes } from '../src/resource-attributes.js';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;

afterEach(() => void Object.assign(runtimeState, initialState()));

const config = (code: MonitoringOptions, env: Record<string, string> = {}) => loadConfig({ code, env }).config;

it('what the environment and the configuration give is redacted, by key and in its text', () => {
  const given = config(
    { service: { name: `shop ${SECRET}`, version: `1 ${SECRET}`, namespace: 'web' }, environment: 'test' },
    { OTEL_RESOURCE_ATTRIBUTES: `db.password=x,note=of ${SECRET},${SECRET}=1,team=ducts` },
  );
  expect(resourceAttributes(given)).toMatchObject({
    'service.name': 'shop [redacted]',
    'service.version': '1 [redacted]',
    'service.namespace': 'web',
    'deployment.environment.name': 'test',
    'db.password': '[redacted]',
    note: 'of [redacted]',
    '[redacted]': '1',
    team: 'ducts',
  });
});

it('what is not given is left out, and nothing is redacted where redaction is off', () => {
  const attributes = resourceAttributes(
    config({ redaction: { enabled: false } }, { OTEL_RESOURCE_ATTRIBUTES: `a=${SECRET}` }),
  );
  expect(attributes.a).toBe(SECRET);
  expect(attributes).not.toHaveProperty('service.version');
});

it('the release that errors and usage are kept with is redacted as well', () => {
  applySettings(config({ service: { name: 'shop', version: `1 ${SECRET}` } }), {});
  expect(runtimeState.release).toBe('1 [redacted]');
});
