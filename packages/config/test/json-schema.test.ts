import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromJSONSchema } from 'zod';
import { configJsonSchema, loadConfig } from '../src/index.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const committed = JSON.parse(read('../monitoring.schema.json')) as object;
const validator = fromJSONSchema(committed as Parameters<typeof fromJSONSchema>[0]);
const isValid = (value: unknown) => validator.safeParse(value).success;

describe('JSON Schema', () => {
  it('as it is committed is up to date (node packages/config/scripts/write-schema.mjs)', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  it('accepts the files of systems/1 as they stand', () => {
    expect(isValid(JSON.parse(read('./fixtures/spritepal-monitoring.json')))).toBe(true);
    expect(isValid(JSON.parse(read('./fixtures/spritepal-alerts.json')))).toBe(true);
  });

  it.each([
    [{ monitoring: { server: { port: 70_000 } } }],
    [{ monitoring: { sampling: { performance_sample_rate: 2 } } }],
    [{ monitoring: { alerts: { rules: [{ name: 'a' }] } } }],
    [{ monitoring: { limits: { attribute_count: 1.5 } } }],
    [{ sampling: { error_sample_rate: '1' } }],
    [{ otlp: { protocol: 'grpc' } }],
    [{ monitoring: 5 }],
  ])('refuses what loading refuses: %j', (file) => {
    expect(isValid(file)).toBe(false);
    expect(() => loadConfig({ env: {}, code: { config: file } })).toThrow('cannot be used');
  });

  it('has a description for every key of a group, but for rules', () => {
    const missing: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, { description?: string; $ref?: string }> };
      for (const [key, value] of Object.entries(properties ?? {})) {
        if (value.description === undefined && value.$ref === undefined) missing.push(`${path}.${key}`);
      }
      for (const [key, value] of Object.entries(node)) visit(value, `${path}.${key}`);
    };
    visit(configJsonSchema(), '');
    expect(missing).toEqual([
      '.$defs.alerts.properties.rules.items.name',
      '.$defs.alerts.properties.rules.items.condition',
    ]);
  });

  it('has snake_case keys, defaults, and forbids no key', () => {
    const text = JSON.stringify(configJsonSchema());
    expect(text).not.toMatch(/"[a-z]+[A-Z][A-Za-z]*":\{"(?:description|\$ref)/);
    expect(text).not.toContain('"additionalProperties":false');
    expect(configJsonSchema()).toMatchObject({
      $defs: { limits: { properties: { series_per_metric: { type: 'integer', default: 2000 } } } },
    });
  });
});
