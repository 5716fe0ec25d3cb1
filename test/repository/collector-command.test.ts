import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { fakeProgram, temporaryFolder } from './fake-programs.js';

const command = fileURLToPath(new URL('../../scripts/collector.mjs', import.meta.url));

/** Runs the command on a machine that has nothing but the fake programs of `bin`. */
function run(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }));
  });
  return { child, output, ended };
}

function machine() {
  const root = temporaryFolder();
  return { root, bin: join(root, 'bin'), env: { PATH: join(root, 'bin'), OTELCOL_CACHE: join(root, 'cache') } };
}

it('explains what is missing and ends with 69', async () => {
  const { env } = machine();
  const { code, stdout, stderr } = await run([], env).ended;
  expect({ code, stdout }).toEqual({ code: 69, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    'collector: no Collector in OTELCOL, on the PATH (otelcol, otelcol-contrib) or in the cache',
    'collector: no Go to build one with (https://go.dev/dl)',
    'collector: no Docker engine that answers `docker info`',
    'collector: one of these is enough: OTELCOL=/path/to/otelcol, otelcol-contrib on the PATH, Go, or Docker',
    '',
  ]);
});

it('only looks with --find: nothing is built', async () => {
  const { root, bin, env } = machine();
  const asked = join(root, 'asked');
  fakeProgram(bin, 'go', `echo "$@" >> ${asked}; echo "go version go1.26.8 linux/amd64"`);
  const { code, stdout } = await run(['--find'], env).ended;
  expect({ code, stdout }).toEqual({ code: 69, stdout: '' });
  expect(existsSync(asked) ? readFileSync(asked, 'utf8') : '').not.toContain('install');
});

it('runs the image with Docker when only that works, on loopback and with the local configuration', async () => {
  const { bin, env } = machine();
  fakeProgram(bin, 'docker', 'if [ "$1" = info ]; then exit 0; fi; echo "$@"');
  const { code, stdout } = await run([], { ...env, COLLECTOR_OTLP_HTTP_PORT: '14318' }).ended;
  expect(code).toBe(0);
  expect(stdout).toContain('-p 127.0.0.1:4317:4317 -e COLLECTOR_OTLP_GRPC_PORT=4317');
  expect(stdout).toContain('-p 127.0.0.1:14318:14318 -e COLLECTOR_OTLP_HTTP_PORT=14318');
  expect(stdout).toMatch(
    / otel\/opentelemetry-collector-contrib:\d+\.\d+\.\d+ --feature-gates=\S+ --config collector-config\/base\.yaml --config collector-config\/files\.yaml --config collector-config\/prometheus\.yaml\n$/,
  );
});

it('gives the container the variables of the files that run, by their names alone', async () => {
  const { bin, env } = machine();
  fakeProgram(bin, 'docker', 'if [ "$1" = info ]; then exit 0; fi; echo "$@"');
  const secrets = {
    CLOUDWATCH_LOG_GROUP: 'g',
    AWS_REGION: 'eu-west-1',
    AWS_SESSION_TOKEN: 'secret',
    DD_API_KEY: 'other',
  };
  const { code, stdout } = await run(['with', 'cloudwatch'], { ...env, ...secrets }).ended;
  expect(code).toBe(0);
  expect(stdout).toContain(' -e AWS_REGION -e CLOUDWATCH_LOG_GROUP -e AWS_SESSION_TOKEN ');
  expect(stdout).not.toContain('DD_API_KEY');
  expect(stdout).not.toContain('secret');
});

it('does not take Docker for an executable', async () => {
  const { bin, env } = machine();
  fakeProgram(bin, 'docker', 'exit 0');
  const { code, stdout, stderr } = await run(['--print'], env).ended;
  expect({ code, stdout }).toEqual({ code: 69, stdout: '' });
  expect(stderr).toContain('a script needs an executable');
});

it('passes arguments on and its exit code back', async () => {
  const { root, env } = machine();
  const OTELCOL = fakeProgram(root, 'my-collector', 'echo "got $@"; exit 7');
  const { code, stdout } = await run(['components', '--help'], { ...env, OTELCOL }).ended;
  expect({ code, stdout }).toEqual({ code: 7, stdout: 'got components --help\n' });
});

it('starts with overlays, combinations and files by their names, and passes further arguments on', async () => {
  const { root, env } = machine();
  const OTELCOL = fakeProgram(root, 'my-collector', 'echo "got $@"');
  const args = ['with', 'local,vendor,mine.yaml', '--set=a=b'];
  const { code, stdout } = await run(args, { ...env, OTELCOL, VENDOR_OTLP_ENDPOINT: 'http://127.0.0.1:1' }).ended;
  expect(code).toBe(0);
  const files = ['base', 'files', 'prometheus', 'vendor'].map((name) => `--config collector-config/${name}.yaml `);
  expect(stdout).toBe(
    `got --feature-gates=confmap.enableMergeAppendOption ${files.join('')}--config mine.yaml --set=a=b\n`,
  );
});

it('sets what the queue on disk wants of the exporters', async () => {
  const { root, env } = machine();
  const OTELCOL = fakeProgram(root, 'my-collector', 'echo "$COLLECTOR_QUEUE_STORAGE $COLLECTOR_HANDOVER"');
  const stdoutOf = async (names: string) => (await run(['with', names], { ...env, OTELCOL }).ended).stdout;
  expect(await stdoutOf('files')).toBe(' \n');
  expect(await stdoutOf('files,persistent-queue')).toBe('file_storage/queue memory_limiter\n');
});

it.each([
  [[], 'collector: with NAMES: one or more overlays, separated by commas\n'],
  [['jaegr,files'], 'collector: no overlay and no combination is called jaegr\ncollector: there are: agent, '],
  [['jaeger,files'], 'collector: collector-config/jaeger.yaml needs JAEGER_OTLP_ENDPOINT, which is not set\n'],
])('starts nothing with %j, and says why', async (args, said) => {
  const { root, env } = machine();
  const OTELCOL = fakeProgram(root, 'my-collector', 'echo started');
  const { code, stdout, stderr } = await run(['with', ...args], { ...env, OTELCOL }).ended;
  expect({ code, stdout, stderr: stderr.slice(0, said.length) }).toEqual({ code: 64, stdout: '', stderr: said });
});

it.each([[[]], [['with', 'local']]])('starts nothing with %j where a value cannot be used', async (args) => {
  const { root, env } = machine();
  const OTELCOL = fakeProgram(root, 'my-collector', 'echo started');
  const wrong = { COLLECTOR_OTLP_HTTP_PORT: 'abc', COLLECTOR_MEMORY_MIB: '-1' };
  expect(await run(args, { ...env, OTELCOL, ...wrong }).ended).toEqual({
    code: 64,
    stdout: '',
    stderr: [
      'collector: collector-config/base.yaml reads COLLECTOR_MEMORY_MIB, which must be a whole number above 0, not "-1"\n',
      'collector: collector-config/base.yaml reads COLLECTOR_OTLP_HTTP_PORT, which must be a port, 0 to 65535, not "abc"\n',
    ].join(''),
  });
});

it('validates every file, and fails when one is not valid', async () => {
  const { root, env } = machine();
  const OTELCOL = fakeProgram(root, 'my-collector', 'echo "$@"; exit 1');
  const { code, stdout } = await run(['validate'], { ...env, OTELCOL }).ended;
  expect(code).toBe(1);
  expect(stdout).toContain(
    'validate --feature-gates=confmap.enableMergeAppendOption --config collector-config/base.yaml\nINVALID collector-config/base.yaml\n',
  );
});

it.each([
  ['SIGTERM', 'trap "echo asked; exit 0" TERM', 0, 'asked'],
  ['SIGINT', 'trap "echo asked; exit 3" INT', 3, 'asked'],
  ['SIGTERM', 'true', 143, ''],
] as const)('passes %s on to a Collector that does `%s`', async (signal, onSignal, expected, said) => {
  const { root, env } = machine();
  const OTELCOL = fakeProgram(root, 'my-collector', `${onSignal}\necho ready\nwhile :; do sleep 0.1; done`);
  const { child, output, ended } = run([], { ...env, OTELCOL });
  while (!output.stdout.includes('ready')) await delay(10);
  child.kill(signal);
  const { code, stdout } = await ended;
  expect({ code, stdout: stdout.replace('ready\n', '').trim() }).toEqual({ code: expected, stdout: said });
});
