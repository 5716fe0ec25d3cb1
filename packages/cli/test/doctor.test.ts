import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNode } from '../src/doctor/check-node.js';
import { checkPackages } from '../src/doctor/check-packages.js';
import { overview } from './made-overview.js';
import { answering, run } from './run.js';

let cwd: string;
beforeEach(() => {
  cwd = join(mkdtempSync(join(tmpdir(), 'otel-monitor-')), 'app');
  mkdirSync(cwd);
});
afterEach(() => rmSync(dirname(cwd), { recursive: true }));

function installed(name: string, version: string, inside = ''): string {
  const folder = join(cwd, inside, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version }));
  return folder;
}

const free = { OTEL_EXPORTER_PROMETHEUS_PORT: '0' };

describe('doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    installed('@opentelemetry/api', '1.9.1');
    installed('@opentelemetry/sdk-metrics', '2.12.0');
    expect(await run(['doctor'], { cwd, env: free })).toEqual({
      exitCode: 0,
      stdout: `\
ok    Node.js        20.20.0
ok    API            one copy of @opentelemetry/api, 1.9.1
ok    SDK            sdk-metrics 2.12.0
ok    configuration  valid (environment, no file)
ok    libraries      none is looked into; HTTP is recorded without
ok    server         any free port of 127.0.0.1
ok    OTLP           nothing is pushed: no endpoint is configured
ok    Collector      none on this machine (OTELCOL, PATH); only needed to push signals on

8 ok, 0 to look at, 0 failed
`,
      stderr: '',
    });
  });

  it('says which libraries are looked into, and which could be', async () => {
    installed('@opentelemetry/api', '1.9.1');
    installed('@opentelemetry/instrumentation', '0.223.0');
    installed('@opentelemetry/instrumentation-express', '0.71.1');
    for (const name of ['express', 'pg', 'redis', 'hono']) installed(name, '1.0.0');
    const libraries = async (env: object) => {
      const { stdout } = await run(['doctor'], { cwd, env: { ...free, ...env } });
      return /ok {4}libraries.*?(?=\nok)/s.exec(stdout)?.[0];
    };
    expect(await libraries({ OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'redis' })).toBe(`\
ok    libraries      express by @opentelemetry/instrumentation-express 0.71.1, hono by
                     @opentelemetry/instrumentation 0.223.0
                     to do: to look into pg as well: npm install @opentelemetry/instrumentation-pg`);
    expect(await libraries({ OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'express' })).toBe(`\
ok    libraries      express by @opentelemetry/instrumentation-express 0.71.1`);
  });

  it('says what is wrong and what to do, and exits with 1', async () => {
    installed('@opentelemetry/api', '1.9.1');
    installed('@opentelemetry/api', '1.10.0', 'node_modules/vendor');
    const busy = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    const env = {
      OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://user:hunter2@127.0.0.1:1/v1/traces',
      OTELCOL: 'nothing',
    };
    const { exitCode, stdout } = await run(['doctor'], { cwd, env, fetch: globalThis.fetch, nodeVersion: '21.0.0' });
    busy.close();
    busy.closeAllConnections();
    expect(exitCode).toBe(1);
    expect(stdout.replaceAll(cwd, '/app')).toBe(`\
fail  Node.js        21.0.0 is too old or between two lines
                     to do: install Node 20.19 or later of the 20 line, or 22.12 or later
fail  API            2 copies of @opentelemetry/api: 1.9.1 in node_modules/@opentelemetry/api,
                     1.10.0 in node_modules/vendor/node_modules/@opentelemetry/api; one silences the
                     other
                     to do: see npm ls @opentelemetry/api, and let all ask for one version
ok    SDK            none installed: monitoring attaches to what is there
ok    configuration  valid (environment, no file)
ok    libraries      none is looked into; HTTP is recorded without
fail  server         port ${port} is in use by another program
                     to do: choose another port by OTEL_EXPORTER_PROMETHEUS_PORT or server.port
fail  OTLP traces    http://127.0.0.1:1/v1/traces cannot be reached: bad port
                     to do: start a Collector there, or correct OTEL_EXPORTER_OTLP_ENDPOINT
fail  Collector      OTELCOL names /app/nothing, which is no program
                     to do: correct it, or unset it

3 ok, 0 to look at, 5 failed
`);
  });

  it('tells a monitor that runs from another program', async () => {
    const ours = answering(overview);
    const { exitCode, stdout } = await run(['doctor', '--url', 'http://127.0.0.1:9', '--json'], { cwd, fetch: ours });
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { check: string; message: string }[] };
    expect(findings.find(({ check }) => check === 'server')).toEqual({
      level: 'ok',
      check: 'server',
      message: 'shop 1.4.0 answers at http://127.0.0.1:9',
    });
  });

  it.each([
    [200, 'ok', 'http://127.0.0.1:4318/v1/logs takes exports', undefined],
    [401, 'fail', 'answers with status 401', 'correct the credentials in OTEL_EXPORTER_OTLP_HEADERS'],
    [404, 'fail', 'answers with status 404', 'no OTLP/HTTP there: the port is 4318 by default, gRPC is 4317'],
    [503, 'warn', 'answers with status 503', 'look at its log'],
  ])('an OTLP endpoint that answers %s: %s', async (status, level, message, advice) => {
    const env = { ...free, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://127.0.0.1:4318/v1/logs' };
    const { stdout } = await run(['doctor', '--json'], { cwd, env, fetch: answering('', status) });
    const { findings } = JSON.parse(stdout) as {
      findings: { check: string; level: string; message: string; advice?: string }[];
    };
    const found = findings.find(({ check }) => check === 'OTLP logs');
    expect(found).toMatchObject({ level });
    expect(found?.message).toContain(message);
    expect(found?.advice).toBe(advice);
  });

  it('a server that would not start for want of a token is told before it does not', async () => {
    const env = { OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0' };
    const { stdout } = await run(['doctor'], { cwd, env });
    expect(stdout).toContain('fail  server         it does not start on 0.0.0.0:9464 without a token\n');
    const withToken = { ...env, ...free, OTEL_MONITOR_TOKEN_VIEWER: 'view-1' };
    expect((await run(['doctor'], { cwd, env: withToken })).stdout).toContain(
      'ok    server         any free port of 0.0.0.0\n',
    );
  });

  it('every problem of the configuration is a line, without secrets', async () => {
    const env = { OTEL_EXPORTER_PROMETHEUS_PORT: 'x', OTEL_MONITOR_TOKEN_ADMIN: 'hunter2 hunter2' };
    const { exitCode, stdout } = await run(['doctor'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('fail  configuration  server.port: found "x", expected a whole number from 0 to 65535\n');
    expect(stdout.match(/^fail {2}configuration/gm)).toHaveLength(2);
    expect(stdout).not.toContain('hunter2');
  });
});

describe('the packages', () => {
  const levels = () => checkPackages(cwd).map(({ check, level }) => `${check} ${level}`);

  it('no API is a failure', () => {
    expect(levels()).toEqual(['API fail', 'SDK ok']);
  });

  it('two copies of one version are to be looked at', () => {
    installed('@opentelemetry/api', '1.9.1');
    installed('@opentelemetry/api', '1.9.1', 'node_modules/vendor');
    expect(levels()).toEqual(['API warn', 'SDK ok']);
  });

  it('API 1.10 beside SDK 2 is a failure, beside SDK 3 is none', () => {
    installed('@opentelemetry/api', '1.10.0');
    installed('@opentelemetry/sdk-metrics', '2.12.0');
    expect(levels()).toEqual(['API ok', 'SDK fail']);
    installed('@opentelemetry/sdk-metrics', '3.1.0');
    expect(levels()).toEqual(['API ok', 'SDK ok']);
  });

  it('an API that is too old or of another line is a failure', () => {
    installed('@opentelemetry/api', '1.4.0');
    expect(levels()[0]).toBe('API fail');
    installed('@opentelemetry/api', '2.0.0');
    expect(levels()[0]).toBe('API fail');
  });

  it('copies in folders above, behind links and in a store are seen, and a circle of links ends', () => {
    installed('@opentelemetry/api', '1.9.1', '..');
    const store = installed('vendor', '1.0.0', 'node_modules/.pnpm/vendor@1.0.0');
    installed('@opentelemetry/api', '1.8.0', 'node_modules/.pnpm/vendor@1.0.0');
    symlinkSync(store, join(cwd, 'node_modules', 'vendor'));
    symlinkSync(cwd, join(cwd, 'node_modules', 'circle'));
    expect(checkPackages(cwd)[0]).toMatchObject({
      level: 'fail',
      message: expect.stringContaining('2 copies of @opentelemetry/api'),
    });
  });

  it('what is broken is passed over', () => {
    installed('@opentelemetry/api', '1.9.1');
    writeFileSync(join(installed('@opentelemetry/core', '1'), 'package.json'), 'no JSON');
    symlinkSync(join(cwd, 'nowhere'), join(cwd, 'node_modules', 'dangling'));
    expect(levels()).toEqual(['API ok', 'SDK ok']);
  });
});

it.each([
  ['20.18.3', 'fail'],
  ['20.19.0', 'ok'],
  ['21.7.0', 'fail'],
  ['22.11.0', 'fail'],
  ['22.12.0', 'ok'],
  ['24.0.0', 'ok'],
  ['18.20.0', 'fail'],
])('Node %s is %s', (version, level) => {
  expect(checkNode(version).level).toBe(level);
});
