import { describe, expect, it } from 'vitest';
import { redactedConfig } from '../src/index.js';
import { load } from './load.js';

describe('redactedConfig', () => {
  it('has no secret and all else', () => {
    const { config } = load({
      code: {
        service: { name: 'shop' },
        resourceAttributes: { 'db.password': 'hunter2', zone: 'a' },
        server: { tokens: { viewer: 'hunter2', admin: 'hunter2' } },
        otlp: { endpoint: 'https://owner:hunter2@h/x?api_key=hunter2', headers: { 'x-team': 'hunter2' } },
        redaction: { userHashKey: 'hunter2hunter2hunter2' },
        errorTracking: { fingerprint: () => 'hunter2' },
        alerts: { webhookUrl: 'https://hooks/hunter2', rules: [{ name: 'a', condition: 'x > 1' }] },
      },
    });
    const shown = redactedConfig(config);
    expect(JSON.stringify(shown)).not.toContain('hunter2');
    expect(shown.server).toEqual({
      host: '127.0.0.1',
      port: 9464,
      auth: 'token',
      tokens: { viewer: '[redacted]', operator: undefined, admin: '[redacted]' },
      allowedHosts: [],
    });
    expect(shown.otlp.traces).toMatchObject({
      endpoint: 'https://[redacted]@h/x/v1/traces?api_key=[redacted]',
      headers: { 'x-team': '[redacted]' },
      timeoutMillis: 10_000,
    });
    expect(shown.resourceAttributes).toEqual({ 'db.password': '[redacted]', zone: 'a' });
    expect(shown.redaction.userHashKey).toBe('[redacted]');
    expect(shown.errorTracking.fingerprint).toBe('[function]');
    expect(shown.alerts).toEqual({ webhookUrl: '[redacted]', rules: [{ name: 'a', condition: 'x > 1' }] });
    expect(redactedConfig(load().config)).toEqual(load().config);
  });
});
