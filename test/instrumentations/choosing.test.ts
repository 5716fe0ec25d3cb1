import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareInstrumented } from './instrumented-cache.js';
import { runInstrumented } from './run-instrumented.js';

const installed = prepareInstrumented();
const folder = installed.missing === undefined ? installed.folder : '';

interface Status {
  name: string;
  state: string;
  package?: string;
  reason?: string;
  patched?: string[];
}
const statusOf = (stdout: string) => JSON.parse(stdout) as Status[];
const namesIn = (status: Status[], state: string) =>
  status.filter((one) => one.state === state).map(({ name }) => name);

describe.skipIf(installed.missing !== undefined)('which instrumentations are used (needs npm packages)', () => {
  test('all that are installed, and what each has patched', async () => {
    const { stdout, stderr } = await runInstrumented(folder, 'status.mjs');
    expect(stderr).toBe('');
    const status = statusOf(stdout);
    expect(namesIn(status, 'enabled')).toEqual(
      'amqplib bullmq express fastify hono ioredis kafkajs koa mongodb mysql2 pg pino redis winston'.split(' '),
    );
    expect(status.filter(({ patched }) => patched?.length)).toEqual([
      {
        name: 'express',
        state: 'enabled',
        package: '@opentelemetry/instrumentation-express 0.71.1',
        patched: ['express 5.3.0'],
      },
      { name: 'koa', state: 'enabled', package: '@opentelemetry/instrumentation-koa 0.71.0', patched: ['koa 3.3.0'] },
    ]);
  });

  test('only those that are enabled by name, and of these none that is disabled', async () => {
    const env = {
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: '@opentelemetry/instrumentation-express, koa',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'koa',
    };
    const { stdout, stderr } = await runInstrumented(folder, 'status.mjs', { env });
    expect(stderr).toBe('');
    expect(namesIn(statusOf(stdout), 'enabled')).toEqual(['express']);
    expect(namesIn(statusOf(stdout), 'disabled')).toContain('koa');
  });

  test('without http among them our own servers are not recorded, nor what hangs below their spans', async () => {
    const env = { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http' };
    const { stdout, spans, telemetry } = await runInstrumented(folder, 'koa.mjs', { env });
    expect([stdout, spans]).toEqual(['/users/7 200\n/ 200\n/nowhere 404\n', []]);
    expect(telemetry.metrics.filter(({ item }) => item.name.startsWith('http.'))).toEqual([]);
  });

  test('options reach an instrumentation: the route without the spans', async () => {
    const settings = mkdtempSync(join(tmpdir(), 'otel-monitor-settings-'));
    const config = join(settings, 'ignore-layers.json');
    const options = { express: { ignoreLayersType: ['middleware', 'router', 'request_handler'] } };
    writeFileSync(config, JSON.stringify({ instrumentations: { options } }));
    const { spans, stderr } = await runInstrumented(folder, 'express.mjs', { env: { OTEL_MONITOR_CONFIG: config } });
    rmSync(settings, { recursive: true });
    expect(stderr).toBe('');
    expect([...spans].sort()).toEqual([
      '@otel-monitor/http: GET',
      '@otel-monitor/http: GET /',
      '@otel-monitor/http: GET /users/:id',
    ]);
  });

  test('a name that nobody has heard of is a warning, and refused where it was asked for', async () => {
    const env = { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'expres,koa' };
    const { stdout, stderr } = await runInstrumented(folder, 'status.mjs', { env });
    expect(stderr).toBe(
      'otel-monitor: configuration: unknown instrumentation expres in instrumentations.enabled, did you mean express?\n' +
        'otel-monitor: expres is not instrumented by @opentelemetry/instrumentation-expres: ' +
        '@opentelemetry/instrumentation-expres is not installed\n',
    );
    expect(namesIn(statusOf(stdout), 'enabled')).toEqual(['koa']);
    expect(namesIn(statusOf(stdout), 'refused')).toEqual(['expres']);
  });

  test('none while monitoring is switched off', async () => {
    const { stdout, spans } = await runInstrumented(folder, 'status.mjs', { env: { OTEL_SDK_DISABLED: 'true' } });
    expect([stdout, spans]).toEqual(['[]\n', []]);
  });

  test('one that sees a later API is refused by one line, and the program runs', async () => {
    const register = join(folder, 'main', 'node_modules', '@otel-monitor', 'node', 'dist', 'register.js');
    const run = await runInstrumented(folder, 'express.mjs', {
      application: 'next-line',
      nodeOptions: ['--import', register],
    });
    expect([run.code, run.stdout]).toEqual([0, '/users/7 200\n/ 200\n/nowhere 404\n']);
    expect(run.stderr).toMatch(
      /^otel-monitor: express is not instrumented by @opentelemetry\/instrumentation-express: it loads @opentelemetry\/api 1\.10\.0 in \S+\/api, which does not see ours\n$/,
    );
  });
});

describe.skipIf(installed.missing !== undefined)('packages that are broken (needs npm packages)', () => {
  let application: string;
  const modules = () => join(application, 'node_modules');

  beforeEach(() => {
    application = mkdtempSync(join(tmpdir(), 'otel-monitor-broken-'));
    for (const scope of ['@opentelemetry', '@otel-monitor']) mkdirSync(join(modules(), scope), { recursive: true });
    for (const name of ['@opentelemetry/api', '@otel-monitor/node']) {
      symlinkSync(join(folder, 'main', 'node_modules', name), join(modules(), name));
    }
    mkdirSync(join(application, 'programs'));
    writeFileSync(join(application, 'programs', 'runs.cjs'), "console.log('runs');\n");
  });
  afterEach(() => rmSync(application, { recursive: true, force: true }));

  const install = (name: string, text: string, manifest: object = {}) => {
    mkdirSync(join(modules(), name), { recursive: true });
    writeFileSync(join(modules(), name, 'package.json'), JSON.stringify({ name, version: '9.9.9', ...manifest }));
    writeFileSync(join(modules(), name, 'index.js'), text);
  };

  test.each([
    ['throws as it is loaded', "throw new Error('no such thing\\nand more');", {}, 'no such thing'],
    ['throws what is no error', 'throw null;', {}, 'null'],
    ['exports nothing of use', 'exports.PgInstrumentation = 7;', {}, 'it exports no class of an instrumentation'],
    [
      'throws as it is made',
      "exports.PgInstrumentation = class { constructor() { throw new Error('not like this'); } enable() {} disable() {} };",
      {},
      'not like this',
    ],
    ['cannot be read', '}{', {}, "Unexpected token '}'"],
    ['has no entry', '', { exports: {} }, 'No "exports" main defined in '],
  ])('one that %s: one line, and the program runs', async (_what, text, manifest, reason) => {
    install('@opentelemetry/instrumentation-pg', text, manifest);
    const run = await runInstrumented(application, 'runs.cjs', { application: '.' });
    expect([run.code, run.stdout]).toEqual([0, 'runs\n']);
    const [line, ...more] = run.stderr.split('\n');
    expect(line).toContain(`otel-monitor: pg is not instrumented by @opentelemetry/instrumentation-pg: ${reason}`);
    expect(more).toEqual(['']);
  });
});
