import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, environmentNames, loadConfig, type MonitoringOptions, redactedConfig } from '../src/index.js';
import { toSnakeCase } from '../src/schema/key-spelling.js';
import { settingsSchema } from '../src/schema/settings.js';
import { shapeOf } from '../src/schema/shape.js';

/** All keys of the schema at any depth: arbitrary objects of these reach every corner of it. */
const keys = new Set<string>(['monitoring', '__proto__', 'constructor', 'x']);
const collect = (schema: Parameters<typeof shapeOf>[0]): void => {
  const { keys: known, items } = shapeOf(schema);
  for (const [key, inner] of Object.entries(known ?? {})) {
    keys.add(key).add(toSnakeCase(key));
    collect(inner);
  }
  if (items !== undefined) collect(items);
};
collect(settingsSchema);

const anything = fc.anything({
  key: fc.constantFrom(...keys),
  maxDepth: 4,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
});
const readFile = () => {
  throw Object.assign(new Error('no'), { code: 'ENOENT' });
};
/** Loads and tells what came of it; anything but a ConfigError goes on to fail the test. */
const outcome = (code: unknown, env: Record<string, string>): string => {
  try {
    const { config, warnings } = loadConfig({ code: code as MonitoringOptions, env, readFile });
    return JSON.stringify([redactedConfig(config), warnings]);
  } catch (error) {
    if (error instanceof ConfigError) return error.message + error.warnings.join('\n');
    throw error;
  }
};

describe('properties of loading', () => {
  it('nothing but a ConfigError is thrown, whatever code gives', () => {
    fc.assert(
      fc.property(anything, (code) => void outcome(code, {})),
      { numRuns: 5_000 },
    );
  });

  it('nothing but a ConfigError is thrown, whatever a file holds', () => {
    fc.assert(
      fc.property(anything, (config) => void outcome({ config }, {})),
      { numRuns: 5_000 },
    );
  });

  it('nothing but a ConfigError is thrown, whatever the environment says', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('true', 'none', '5', 'otlp', 'http://h', 'a=b'),
    );
    const environments = fc.dictionary(fc.constantFrom(...environmentNames, 'OTEL_MONITOR_X'), texts, { maxKeys: 8 });
    fc.assert(
      fc.property(environments, (env) => void outcome({}, env)),
      { numRuns: 3_000 },
    );
  });

  it('no secret is in any message, warning or redacted configuration', () => {
    const secrets = fc.stringMatching(/^[a-z0-9\n]{10,20}$/).map((text) => `S3cr3t${text}`);
    const places: ((secret: string) => [unknown, Record<string, string>])[] = [
      (secret) => [{ server: { tokens: { viewer: secret } } }, {}],
      (secret) => [{ server: { tokens: secret } }, {}],
      (secret) => [{ otlp: { endpoint: 'http://h', headers: { authorization: secret } } }, {}],
      (secret) => [{ otlp: { endpoint: 'http://h', traces: { headers: { 'x-any': secret } } } }, {}],
      (secret) => [{ otlp: { headers: secret } }, {}],
      (secret) => [{ otlp: { endpoint: `http://owner:${secret}@h` } }, {}],
      (secret) => [{ otlp: { endpoint: `h?token=${secret}` } }, {}],
      (secret) => [{ otlp: { endpoint: `owner:${secret}@h` } }, {}],
      (secret) => [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: `http://owner:${secret} x@h` }],
      (secret) => [{ alerts: { webhookUrl: secret } }, {}],
      (secret) => [{ redaction: { userHashKey: secret } }, {}],
      (secret) => [{ config: { redaction: { user_hash_key: `${secret}${secret} x` } } }, {}],
      (secret) => [{}, { OTEL_MONITOR_USER_HASH_KEY: secret }],
      (secret) => [{}, { OTEL_MONITOR_USER_HASH_KEY: `${secret} x` }],
      (secret) => [{ alerts: { webhookUrl: [secret] } }, {}],
      (secret) => [{ resourceAttributes: { api_key: secret } }, {}],
      (secret) => [{ resourceAttributes: { api_key: [secret] } }, {}],
      (secret) => [{ config: { monitoring: { server: { tokens: { admin: [secret] } } } } }, {}],
      (secret) => [{}, { OTEL_MONITOR_TOKEN_VIEWER: secret }],
      (secret) => [{}, { OTEL_MONITOR_TOKEN_VIEWER: `${secret} x` }],
      (secret) => [{}, { OTEL_MONITOR_TOKEN_VEIWER: secret }],
      (secret) => [{}, { OTEL_EXPORTER_OTLP_HEADERS: secret }],
      (secret) => [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_EXPORTER_OTLP_LOGS_HEADERS: `a=${secret}` }],
      (secret) => [
        {},
        { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_EXPORTER_OTLP_LOGS_HEADERS: `a=é${secret}%C4%80` },
      ],
      (secret) => [{}, { ALERT_WEBHOOK_URL: secret }],
      (secret) => [{}, { ALERT_WEBHOOK_URL: `\u0007${secret}` }],
    ];
    fc.assert(
      fc.property(secrets, fc.constantFrom(...places), (secret, place) => {
        const [code, env] = place(secret);
        expect(outcome(code, env)).not.toContain(secret.slice(0, 8));
      }),
      { numRuns: 2_000 },
    );
  });

  it('no secret of a file that is no JSON or YAML is in its message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('m.json', 'm.yaml'),
        fc.string({ maxLength: 10 }),
        fc.string({ maxLength: 10 }),
        (name, before, after) => {
          const text = `${before}{"token": "S3cr3tS3cr3t"${after}`;
          let message = '';
          try {
            loadConfig({ env: {}, code: { config: name }, readFile: () => text });
          } catch (error) {
            if (!(error instanceof ConfigError)) throw error;
            message = error.message;
          }
          expect(message).not.toContain('S3cr3t');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('a configuration given back as code is accepted and gives the same', () => {
    const { config } = loadConfig({ env: {}, code: { otlp: { endpoint: 'http://h' }, environment: 'x' } });
    const again = loadConfig({ env: {}, code: JSON.parse(JSON.stringify(config)) as MonitoringOptions });
    expect(again.config).toEqual(config);
  });
});
