import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configJsonSchema } from '@otel-monitor/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.js';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'otel-monitor-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const written = (name: string, content: unknown) =>
  writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));

describe('config validate', () => {
  it('prints nothing more about a file that is good', async () => {
    written('good.json', { monitoring: { sampling: { performance_sample_rate: 0.5 } } });
    expect(await run(['config', 'validate', 'good.json'], { cwd })).toEqual({
      exitCode: 0,
      stdout: 'good.json: valid\n',
      stderr: '',
    });
  });

  it('prints path, found, expected and source of every problem', async () => {
    written('bad.json', { monitoring: { sampling: { performance_sample_rate: 7 } } });
    const { exitCode, stdout } = await run(['config', 'validate', 'bad.json'], {
      cwd,
      env: { OTEL_EXPORTER_PROMETHEUS_PORT: 'nine' },
    });
    expect(exitCode).toBe(64);
    expect(stdout).toBe(`\
bad.json: 2 problems
  server.port
    found       "nine"
    expected    a whole number from 0 to 65535
    in          environment OTEL_EXPORTER_PROMETHEUS_PORT
  monitoring.sampling.performance_sample_rate
    found       7
    expected    a number from 0 to 1
    in          file bad.json
`);
  });

  it('prints warnings about a file that can be used', async () => {
    written('odd.json', { monitoring: { heath: {} } });
    const { exitCode, stdout } = await run(['config', 'validate', 'odd.json'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`\
odd.json: valid, 1 warning
  warning       unknown key monitoring.heath (file odd.json), did you mean health?
`);
  });

  it('--json prints the same as data', async () => {
    written('bad.json', { monitoring: { sampling: { performance_sample_rate: 7 } } });
    const { exitCode, stdout } = await run(['config', 'validate', 'bad.json', '--json'], { cwd });
    expect(exitCode).toBe(64);
    expect(JSON.parse(stdout)).toEqual({
      valid: false,
      problems: [
        {
          path: 'monitoring.sampling.performance_sample_rate',
          found: '7',
          expected: 'a number from 0 to 1',
          source: 'file bad.json',
        },
      ],
      warnings: [],
    });
  });

  it('a file that is not there, or no JSON, is a problem', async () => {
    written('broken.json', '{"monitoring": {');
    for (const file of ['missing.json', 'broken.json']) {
      const { exitCode, stdout } = await run(['config', 'validate', file], { cwd });
      expect(exitCode).toBe(64);
      expect(stdout.startsWith(`${file}: 1 problem\n`)).toBe(true);
    }
  });

  it('without a file it checks what a start would read', async () => {
    written('named.json', { server: { port: -1 } });
    const named = await run(['config', 'validate'], { cwd, env: { OTEL_MONITOR_CONFIG: 'named.json' } });
    expect(named.exitCode).toBe(64);
    expect(named.stdout.startsWith('named.json: 1 problem\n  server.port\n')).toBe(true);
    expect(await run(['config', 'validate'], { cwd })).toMatchObject({ exitCode: 0, stdout: 'environment: valid\n' });
  });

  it('shows no secret', async () => {
    written('secret.json', { server: { tokens: { viewer: 'hunter2 with a space' } } });
    const { exitCode, stdout } = await run(['config', 'validate', 'secret.json'], { cwd });
    expect(exitCode).toBe(64);
    expect(stdout).not.toContain('hunter2');
  });
});

it('config schema prints the JSON Schema', async () => {
  const { exitCode, stdout } = await run(['config', 'schema']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(configJsonSchema());
});
