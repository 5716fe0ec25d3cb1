import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure, load, loadFile } from './load.js';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const line = (error: Error) => error.message.split('\n  ').slice(1);

describe('the file of systems/1', () => {
  it('is accepted as it stands', () => {
    const { config, warnings } = loadFile('monitoring_config.json', fixture('spritepal-monitoring.json'));
    expect(config).toMatchObject({
      enabled: true,
      environment: 'production',
      health: { enabled: true, intervalMillis: 60_000, timeoutSeconds: 5 },
      sampling: { performanceSampleRate: 1, errorSampleRate: 1 },
      retention: { metricsHours: 168, errorHours: 168, healthHours: 168 },
      thresholds: { cpu_percent: { warning: 50, critical: 80 }, memory_mb: { warning: 500, critical: 1000 } },
      export: {
        enabled: true,
        format: 'json',
        path: './monitoring_data',
        rotation: { enabled: true, maxFiles: 7, maxSizeMb: 100 },
      },
      alerts: {
        enabled: true,
        channels: ['log', 'file'],
        rules: [
          { name: 'high_memory_usage', condition: 'memory_percent > 30', severity: 'warning', cooldownMinutes: 15 },
        ],
      },
    });
    expect(warnings).toEqual([
      'alerts are configured but not evaluated by this version',
      'export to files is configured but nothing is written by this version',
      'thresholds are configured but not evaluated by this version',
      'retention of metrics and health results is configured but not applied by this version',
    ]);
  });

  it('is accepted without its wrapper', () => {
    const { monitoring } = JSON.parse(fixture('spritepal-monitoring.json')) as { monitoring: object };
    const wrapped = loadFile('m.json', fixture('spritepal-monitoring.json'));
    expect(loadFile('m.json', JSON.stringify(monitoring))).toEqual(wrapped);
  });

  it('is accepted with alerts at the root, alone or beside the wrapper', () => {
    const alone = loadFile('m.json', fixture('spritepal-alerts.json'));
    expect(alone.config.alerts?.rules?.map(({ name }) => name)).toEqual(['high_cpu_usage', 'memory_leak_suspected']);
    expect(alone.warnings).toEqual(['alerts are configured but not evaluated by this version']);
    const beside = { monitoring: { environment: 'x' }, ...(JSON.parse(fixture('spritepal-alerts.json')) as object) };
    const { config } = loadFile('m.json', JSON.stringify(beside));
    expect([config.environment, config.alerts?.rules?.length]).toEqual(['x', 2]);
  });

  it('warns of no feature that it switches off', () => {
    const off = '{"alerts":{"enabled":false},"export":{"enabled":false},"thresholds":{},"dashboard":{"enabled":false}}';
    expect(loadFile('m.json', off).warnings).toEqual([]);
  });
});

describe('a file', () => {
  it('knows the cache_duration of systems/3', () => {
    expect(loadFile('m.json', '{"cache_duration": 10.0}').config.cacheDurationSeconds).toBe(10);
    expect(loadFile('m.json', '{"cache_duration": 10, "cache_duration_seconds": 2}').config.cacheDurationSeconds).toBe(
      2,
    );
  });

  it('may be YAML', () => {
    const yaml =
      'monitoring:\n  service: {name: shop}\n  server:\n    port: 0\n  sampling:\n    performance_sample_rate: .5\n';
    const { config } = loadFile('m.yaml', yaml);
    expect(config).toMatchObject({
      service: { name: 'shop' },
      server: { port: 0 },
      sampling: { performanceSampleRate: 0.5 },
    });
    expect(loadFile('m.YML', '').config.enabled).toBe(true);
  });

  it('may have its keys in camelCase', () => {
    expect(loadFile('m.json', '{"sampling":{"performanceSampleRate":0.1}}').config.sampling.performanceSampleRate).toBe(
      0.1,
    );
  });

  it('is read from the disk, from the folder that is given', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    try {
      writeFileSync(join(folder, 'm.json'), '\uFEFF{"environment":"disk"}');
      expect(load({ cwd: folder, code: { config: 'm.json' } }).config.environment).toBe('disk');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [
      '{"sampling":{"performance_sample_rat":1}}',
      'unknown key sampling.performance_sample_rat (file m.json), did you mean performance_sample_rate?',
    ],
    ['{"monitoring":{"helth":{}}}', 'unknown key monitoring.helth (file m.json), did you mean health?'],
    [
      '{"monitoring":{"alerts":{"enabled":false,"chanels":[]}}}',
      'unknown key monitoring.alerts.chanels (file m.json), did you mean channels?',
    ],
    ['{"zzzzzzzz":1}', 'unknown key zzzzzzzz (file m.json)'],
    ['{"__proto__":{"enabled":false}}', 'unknown key __proto__ (file m.json)'],
    ['{"a b\\n":1}', 'unknown key "a b\\n" (file m.json)'],
    [
      '{"sampling":{"error_sample_rate":1,"errorSampleRate":0}}',
      'sampling.errorSampleRate is given in two spellings, the first one counts (file m.json)',
    ],
  ])('warns of %s', (text, warning) => {
    expect(loadFile('m.json', text).warnings).toEqual([warning]);
    expect(loadFile('m.json', text).config.enabled).toBe(true);
  });

  it('keeps keys of rules that a later version may know', () => {
    const { config } = loadFile('m.json', '{"alerts":{"rules":[{"name":"a","condition":"x","for_minutes":5}]}}');
    expect(config.alerts?.rules).toEqual([{ name: 'a', condition: 'x', for_minutes: 5 }]);
  });

  it('may name its JSON Schema', () => {
    expect(loadFile('m.json', '{"$schema":"./monitoring.schema.json","monitoring":{"$schema":"x"}}').warnings).toEqual(
      [],
    );
  });

  it.each([
    [
      'm.json',
      '{"a": 1,\n "token": "hunter2" "x"}',
      'm.json: found text that stops being JSON at line 2, column 21, expected JSON (code)',
    ],
    ['m.json', '', 'm.json: found text that stops being JSON at line 1, column 1, expected JSON (code)'],
    ['m.json', '{"a": [1, 2,]}', 'm.json: found text that stops being JSON at line 1, column 13, expected JSON (code)'],
    ['m.json', '{"a": "hunter2', 'm.json: found text that stops being JSON at line 1, column 7, expected JSON (code)'],
    ['m.json', '{"a": 1} x', 'm.json: found text that stops being JSON at line 1, column 10, expected JSON (code)'],
    ['m.json', "{'a': 1}", 'm.json: found text that stops being JSON at line 1, column 2, expected JSON (code)'],
    ['m.json', '[1]', 'file m.json: found a list, expected an object (file m.json)'],
    ['m.json', '"hunter2"', 'file m.json: found "hunter2", expected an object (file m.json)'],
    [
      'm.yaml',
      'a: 1\nb: "hunter2',
      'm.yaml: found text that stops being YAML at line 2, column 12 (MISSING_CHAR), expected YAML (code)',
    ],
    ['m.json', '{"monitoring": 5}', 'monitoring: found 5, expected an object (file m.json)'],
    [
      'm.json',
      '{"monitoring":{"health_check_interval_ms":"soon"}}',
      'monitoring.health_check_interval_ms: found "soon", expected a whole number of milliseconds from 1 to 2147483647 (file m.json)',
    ],
    [
      'm.json',
      '{"retention_hours":-1}',
      'retention_hours: found -1, expected a number of hours from 0 to 876000 (file m.json)',
    ],
    [
      'm.json',
      '{"server":{"tokens":{"admin":12}}}',
      'server.tokens.admin: found [redacted], expected a token of 1 to 4096 printable ASCII characters without spaces (file m.json)',
    ],
    ['m.json', '{"server":"on"}', 'server: found "on", expected true, false or an object (file m.json)'],
    [
      'm.json',
      '{"alerts":{"rules":[{"name":"a"}]}}',
      'alerts.rules[0].condition: found nothing, expected a condition, as in "memory_percent > 30" (1 to 4096 characters, no control characters) (file m.json)',
    ],
    [
      'm.json',
      `{"a":"${'x'.repeat(1_000_000)}"}`,
      'm.json: found 1000008 characters, expected at most 1000000 characters (code)',
    ],
  ])('%s with %.40s is refused', (name, text, message) => {
    expect(line(failure(() => loadFile(name, text)))).toEqual([message]);
  });

  it('that is not there is told with its name only', () => {
    const expected =
      'no.json: found no readable file (ENOENT), expected the path of a configuration file, JSON or YAML';
    expect(line(failure(() => load({ code: { config: 'no.json' } })))).toEqual([`${expected} (code)`]);
    expect(line(failure(() => load({ env: { OTEL_MONITOR_CONFIG: 'no.json' } })))).toEqual([
      `${expected} (environment OTEL_MONITOR_CONFIG)`,
    ]);
  });

  it('with YAML aliases that unfold without end is refused', () => {
    const rows = Array.from(
      { length: 30 },
      (_, index) => `k${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`,
    );
    const text = `k0: &a0 [x]\n${rows.join('\n')}\n`;
    expect(line(failure(() => loadFile('m.yaml', text)))).toEqual([
      'm.yaml: found YAML whose aliases unfold to too much, expected YAML with few aliases (code)',
    ]);
  });
});
