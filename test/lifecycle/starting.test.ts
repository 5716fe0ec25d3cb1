import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type ProgramOptions, program, runProgram } from './run-program.js';

let sink: OtlpSink;

beforeEach(async () => {
  sink = await startSink();
});
afterEach(() => sink.close());

const registerEnv = () => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  OTEL_SERVICE_NAME: 'unchanged',
  OTEL_EXPORTER_PROMETHEUS_PORT: '0',
});
const run = (name: string, options: ProgramOptions = {}) =>
  runProgram(program(name), { ...options, env: { SINK: sink.url, ...options.env } });
const spanNames = () => sink.received().spans.map(({ item, scope }) => `${scope.name}: ${item.name}`);

describe('the same is recorded', () => {
  test.each([
    ['an ES module', 'plain.mjs', '--import'],
    ['an ES module', 'plain.mjs', '--require'],
    ['a CommonJS program', 'plain.cjs', '--import'],
    ['a CommonJS program', 'plain.cjs', '--require'],
  ])('by %s (%s) under %s', async (_kind, name, option) => {
    const nodeOptions = [option, '@otel-monitor/node/register'];
    const { code, stderr } = await run(name, { nodeOptions, env: registerEnv() });
    expect([code, stderr]).toEqual([0, '']);
    expect(spanNames().sort()).toEqual(['library: inner', 'program: work']);
    const { spans } = sink.received();
    expect(spans[0]?.item.parentSpanId).toBe(spans[1]?.item.spanId);
    expect(spans[0]?.resource['service.name']).toBe('unchanged');
  });

  test('under --import and --require at once, once', async () => {
    const register = '@otel-monitor/node/register';
    const nodeOptions = ['--require', register, '--import', register];
    const { code, stderr } = await run('plain.mjs', { nodeOptions, env: registerEnv() });
    expect([code, stderr]).toEqual([0, '']);
    expect(spanNames().sort()).toEqual(['library: inner', 'program: work']);
  });

  test.each(['start.mjs', 'start.cjs'])('by monitors made before and after the start (%s)', async (name) => {
    const { code, stderr } = await run(name);
    expect([code, stderr]).toEqual([0, '']);
    expect(spanNames()).toEqual(['before: work', 'after: work']);
    const counts = sink
      .received()
      .metrics.filter(({ item }) => item.name === 'monitor.operation.duration')
      .map(({ scope, item }) => [scope.name, item.points.map((point) => point.count)]);
    expect(counts).toEqual([
      ['before', [1]],
      ['after', [1]],
    ]);
  });

  test('by a start in code under --import: it gets the monitoring that runs, and a line says so', async () => {
    const nodeOptions = ['--import', '@otel-monitor/node/register'];
    const { code, stderr } = await run('start.mjs', { nodeOptions, env: registerEnv() });
    expect(code).toBe(0);
    expect(stderr).toBe(
      'otel-monitor: monitoring runs already (--import, or an earlier start): the later options do nothing\n',
    );
    expect(spanNames()).toEqual(['before: work', 'after: work']);
  });
});

describe('a program that would end, ends', () => {
  test('when the packages are only imported', async () => {
    const { code, stdout, stderr } = await run('import-only.mjs');
    expect([code, stdout, stderr]).toEqual([0, 'imported\n', '']);
  });

  test('when monitoring is started with everything on', async () => {
    const { code, stdout, stderr } = await run('start-everything.mjs');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  });
});

describe('a configuration that cannot be used', () => {
  const env = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: 'half' };

  test('makes startMonitoring reject with path, found and expected', async () => {
    const { code, stdout } = await run('start-and-print-error.mjs', { env: { RATE: '7' } });
    expect(code).toBe(0);
    expect(stdout).toContain('ConfigError');
    expect(stdout).toContain('sampling.performanceSampleRate');
    expect(stdout).toContain('found 7');
    expect(stdout).toContain('expected');
    expect(stdout).toContain('recording: false');
  });

  test('lets a program under --import run unmonitored', async () => {
    const nodeOptions = ['--import', '@otel-monitor/node/register'];
    const { code, stderr } = await run('plain.mjs', { nodeOptions, env: { ...registerEnv(), ...env } });
    expect(code).toBe(0);
    expect(stderr).toContain('OTEL_TRACES_SAMPLER_ARG');
    expect(stderr).toContain('otel-monitor: the program runs unmonitored\n');
    expect(sink.paths).toEqual([]);
  });
});

describe('switched off', () => {
  test.each<Record<string, string>>([{ OTEL_SDK_DISABLED: 'true' }, { ENABLED: 'false' }])(
    'by %j nothing is recorded, and traceparent passes through',
    async (off) => {
      const { code, stdout, stderr } = await run('pass-through.mjs', { env: off });
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toEqual({
        recording: false,
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        result: 42,
        url: null,
      });
      expect(sink.paths).toEqual([]);
    },
  );
});

describe('OTEL_LOG_LEVEL', () => {
  test('debug shows what the SDK has to say; without it stderr stays empty', async () => {
    const { stderr } = await run('start.mjs', { env: { OTEL_LOG_LEVEL: 'debug' } });
    expect(stderr).toMatch(/^otel-monitor: debug: /m);
  });
});

describe('a worker thread', () => {
  test('under --import records as an instance of its own, and leaves the port to the main thread', async () => {
    const nodeOptions = ['--import', '@otel-monitor/node/register'];
    const { code, stderr } = await run('worker.mjs', { nodeOptions, env: registerEnv() });
    expect([code, stderr]).toEqual([0, '']);
    const { spans } = sink.received();
    expect(spans.map(({ item }) => item.name).sort()).toEqual(['in the main thread', 'in the worker']);
    expect(new Set(spans.map(({ resource }) => resource['service.instance.id'])).size).toBe(2);
  });
});
