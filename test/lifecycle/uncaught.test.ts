import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodes } from '../beside/nodes.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type ProgramRun, program, runProgram } from './run-program.js';

let sink: OtlpSink;

beforeEach(async () => {
  sink = await startSink();
});
afterEach(() => sink.close());

const MODES = ['default', 'strict', 'warn', 'none', 'warn-with-error-code'] as const;
const REASONS = ['error', 'text', 'object'] as const;

interface Failure {
  readonly failure: 'throw' | 'reject';
  readonly reason: (typeof REASONS)[number];
  readonly who: string;
  readonly mode?: (typeof MODES)[number];
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string | undefined;
}

/**
 * What can be seen of a run from outside. In warnings stand the process's id, and how many promises were rejected before
 * anybody handled them: those that are handled a moment later count, and there may be some of ours.
 */
const seen = ({ code, signal, stdout, stderr }: ProgramRun) => ({
  code,
  signal,
  stdout,
  stderr: stderr.replaceAll(/\(node:\d+\)/g, '(node:1)').replaceAll(/\(rejection id: \d+\)/g, '(rejection id: 1)'),
});

/** Runs the program without monitoring and with it, and gives both, and what was recorded. */
async function compare({ failure, reason, who, mode = 'default', env = {}, node }: Failure) {
  const modeOption = mode === 'default' ? [] : [`--unhandled-rejections=${mode}`];
  const run = (nodeOptions: string[], more: Record<string, string> = {}) =>
    runProgram(program('uncaught.mjs'), {
      nodeOptions: [...modeOption, ...nodeOptions],
      args: [failure, reason, who],
      env: more,
      ...(node !== undefined && { node }),
    });
  const [plain, monitored] = await Promise.all([
    run([]),
    run(['--import', '@otel-monitor/node/register'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      ...env,
    }),
  ]);
  return { plain: seen(plain), monitored: seen(monitored), recorded: recorded() };
}

/** Type, message and severity of what was written, and how much was counted. */
function recorded(): { written: string[]; counted: number } {
  const { logs, metrics } = sink.received();
  const points = metrics.filter(({ item }) => item.name === 'monitor.errors').flatMap(({ item }) => item.points);
  return {
    written: logs
      .filter(({ item }) => item.eventName === 'exception')
      .map(({ item }) => `${item.attributes['exception.type']} ${item.severityText}`),
    // cumulative, and one series each: the last push tells
    counted: Math.max(0, ...points.map(({ value = 0 }) => value)),
  };
}

const REQUESTED = { OTEL_MONITOR_ERROR_UNHANDLED_REJECTIONS: 'true' };
const TYPES = { error: 'RangeError', text: 'string', object: 'Object' };

/** What Node makes an uncaught error of: the reason, or an error of its own that names it. */
const thrownType = (reason: keyof typeof TYPES) => (reason === 'error' ? 'RangeError' : 'UnhandledPromiseRejection');

describe('an uncaught error is recorded once, and Node does what it would have done', () => {
  const cases = (['nobody', 'handler', 'capturer', 'domain'] as const).flatMap((who) =>
    (['error', 'text'] as const).map((reason) => [who, reason] as const),
  );
  test.each(cases)('%s takes it (%s)', async (who, reason) => {
    const { plain, monitored, recorded } = await compare({ failure: 'throw', reason, who });
    expect(monitored).toEqual(plain);
    expect(plain.code).toBe(who === 'nobody' ? 1 : 0);
    expect(recorded).toEqual({ written: [`${TYPES[reason]} CRITICAL`], counted: 1 });
  });
});

describe('an unhandled rejection that ends the process is an uncaught error, requested or not', () => {
  const cases = (['default', 'strict'] as const).flatMap((mode) =>
    REASONS.flatMap((reason) => [{}, REQUESTED].map((env) => [mode, reason, env] as const)),
  );
  test.each(cases)('--unhandled-rejections %s, %s, %o', async (mode, reason, env) => {
    const { plain, monitored, recorded } = await compare({ failure: 'reject', reason, who: 'nobody', mode, env });
    expect(monitored).toEqual(plain);
    expect(plain.code).toBe(1);
    expect(recorded).toEqual({ written: [`${thrownType(reason)} CRITICAL`], counted: 1 });
  });

  test.each(['default', 'strict'] as const)('and is one where the program survives it (%s)', async (mode) => {
    for (const reason of ['error', 'text'] as const) {
      const { plain, monitored } = await compare({ failure: 'reject', reason, who: 'handler', mode, env: REQUESTED });
      expect(monitored).toEqual(plain);
      expect(plain.stdout).toContain('survived');
    }
    const { written } = recorded();
    expect(written).toEqual(['RangeError CRITICAL', 'UnhandledPromiseRejection CRITICAL']);
  });
});

describe('an unhandled rejection that the process goes on after', () => {
  const cases = [
    ...(['warn', 'none', 'warn-with-error-code'] as const).flatMap((mode) =>
      REASONS.map((reason) => [mode, 'nobody', reason] as const),
    ),
    ...(['default', 'warn'] as const).flatMap((mode) => REASONS.map((reason) => [mode, 'listener', reason] as const)),
    ['default', 'own-exit', 'error'],
    ['warn', 'late', 'error'],
  ] as const;

  test.each(cases)('is recorded once where that is requested (%s, %s, %s)', async (mode, who, reason) => {
    const { plain, monitored, recorded } = await compare({ failure: 'reject', reason, who, mode, env: REQUESTED });
    expect(monitored).toEqual(plain);
    expect(plain.stdout.includes('survived')).toBe(who !== 'own-exit');
    expect(plain.code).toBe(who === 'own-exit' ? 9 : mode === 'warn-with-error-code' ? 1 : 0);
    expect(recorded).toEqual({ written: [`${TYPES[reason]} ERROR`], counted: 1 });
  });

  test.each([
    ['warn', 'nobody'],
    ['default', 'listener'],
  ] as const)('is not recorded where it is not (%s, %s)', async (mode, who) => {
    const { plain, monitored, recorded } = await compare({ failure: 'reject', reason: 'error', who, mode });
    expect(monitored).toEqual(plain);
    expect(recorded).toEqual({ written: [], counted: 0 });
  });
});

test('a rejection is recorded once where monitoring is asked for twice', async () => {
  const register = '@otel-monitor/node/register';
  const { stderr } = await runProgram(program('uncaught.mjs'), {
    nodeOptions: ['--unhandled-rejections=none', '--require', register, '--import', register],
    args: ['reject', 'text', 'nobody'],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_PROMETHEUS_PORT: '0', ...REQUESTED },
  });
  expect(stderr).toBe('');
  expect(recorded()).toEqual({ written: ['string ERROR'], counted: 1 });
});

describe('with capture_uncaught: false', () => {
  let folder: string;
  const file = () => join(folder, 'monitor.json');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-uncaught-'));
    writeFileSync(file(), '{ "capture_uncaught": false }');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['throw', {}, []],
    ['throw', REQUESTED, []],
    ['reject', {}, []],
    ['reject', REQUESTED, ['RangeError CRITICAL']],
  ] as const)(
    '%s with %o: an uncaught error is not recorded, a rejection where it is requested',
    async (failure, more, written) => {
      const env = { OTEL_MONITOR_CONFIG: file(), ...more };
      const { plain, monitored, recorded } = await compare({ failure, reason: 'error', who: 'nobody', env });
      expect(monitored).toEqual(plain);
      expect(recorded).toEqual({ written, counted: written.length });
    },
  );
});

describe.each(nodes().slice(1))('on %s the same holds', (_name, node) => {
  test.each([
    ['throw', 'default', 'nobody', 'error', 'RangeError CRITICAL'],
    ['throw', 'default', 'domain', 'error', 'RangeError CRITICAL'],
    ['reject', 'default', 'nobody', 'text', 'UnhandledPromiseRejection CRITICAL'],
    ['reject', 'strict', 'handler', 'text', 'UnhandledPromiseRejection CRITICAL'],
    ['reject', 'default', 'listener', 'text', 'string ERROR'],
    ['reject', 'warn', 'nobody', 'object', 'Object ERROR'],
    ['reject', 'none', 'nobody', 'error', 'RangeError ERROR'],
    ['reject', 'warn-with-error-code', 'nobody', 'text', 'string ERROR'],
  ] as const)('%s, %s, %s, %s', async (failure, mode, who, reason, written) => {
    const { plain, monitored, recorded } = await compare({ failure, reason, who, mode, env: REQUESTED, node });
    expect(monitored).toEqual(plain);
    expect(recorded).toEqual({ written: [written], counted: 1 });
  });
});

describe('in a worker thread', () => {
  test('an uncaught error is recorded by the thread, and ends the thread as it would have', async () => {
    const run = (nodeOptions: string[], env: Record<string, string> = {}) =>
      runProgram(program('uncaught-in-thread.mjs'), { nodeOptions, env });
    const [plain, monitored] = await Promise.all([
      run([]),
      run(['--import', '@otel-monitor/node/register'], {
        OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
        OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      }),
    ]);
    expect(seen(monitored)).toEqual(seen(plain));
    expect(plain.stdout).toBe('RangeError: torn in a thread\nthread ended with 1\n');
    expect(recorded().written).toEqual(['RangeError CRITICAL']);
  });
});
