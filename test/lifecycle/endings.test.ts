import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaulty } from '../faults/faulty-collector.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type ProgramOptions, program, runProgram } from './run-program.js';

let sink: OtlpSink;

beforeEach(async () => {
  sink = await startSink();
});
afterEach(() => sink.close());

const run = (ending: string, options: ProgramOptions = {}) =>
  runProgram(program('work-then-end.mjs'), { ...options, args: [ending], env: { SINK: sink.url, ...options.env } });

/** An export would be waited for longer than a program may run here: what ends before has kept its own deadline. */
const WAITS_FOR_EVER = { OTEL_EXPORTER_OTLP_TIMEOUT: '600000', OTEL_BSP_EXPORT_TIMEOUT: '600000' };

/** The one operation and the one error, each delivered exactly once. */
function expectAll(more: { errors?: number } = {}): void {
  const { spans, logs, metrics } = sink.received();
  expect(spans.map(({ item, scope }) => [item.name, scope.name, item.attributes.kind])).toEqual([
    ['work', 'program', 'last'],
  ]);
  expect(logs.map(({ item }) => item.attributes['exception.type']).sort()).toEqual(
    ['Corrupt', ...(more.errors === 1 ? ['RangeError'] : [])].sort(),
  );
  // cumulative: of every scope the last push tells all
  const last = (name: string) => {
    const byScope = new Map(
      metrics.filter(({ item }) => item.name === name).map((metric) => [metric.scope.name, metric]),
    );
    return [...byScope.values()].flatMap(({ item }) => item.points);
  };
  expect(last('monitor.operation.duration').map((point) => point.count)).toEqual([1]);
  expect(last('monitor.errors').reduce((sum, point) => sum + (point.value ?? 0), 0)).toBe(1 + (more.errors ?? 0));
}

describe('nothing is lost and nothing is sent twice', () => {
  test('on a natural end', async () => {
    const { code, stderr } = await run('natural');
    expect([code, stderr]).toEqual([0, '']);
    expectAll();
  });

  test('on a natural end with an exit code of its own', async () => {
    expect((await run('exit-code')).code).toBe(4);
    expectAll();
  });

  test('on process.exit()', async () => {
    const { code, stderr } = await run('process-exit');
    expect([code, stderr]).toEqual([3, '']);
    expectAll();
  });

  test.each(['many-then-exit', 'many-then-exit-later'])(
    'on process.exit() with batches under way (%s)',
    async (ending) => {
      const { code, stderr } = await run(ending);
      expect([code, stderr]).toEqual([3, '']);
      const names = sink.received().spans.map(({ item }) => item.name);
      expect(names.length).toBe(1501);
      expect(new Set(names).size).toBe(1501);
    },
  );

  test('on an uncaught error, which is recorded too; Node prints it and exits with 1', async () => {
    const { code, stderr } = await run('throw');
    expect(code).toBe(1);
    expect(stderr).toContain('RangeError: boom');
    expectAll({ errors: 1 });
    const uncaught = sink.received().logs.find(({ item }) => item.attributes['exception.type'] === 'RangeError');
    expect(uncaught?.item).toMatchObject({ severityNumber: 21, attributes: { 'exception.message': 'boom' } });
  });

  test('on an unhandled rejection', async () => {
    const { code, stderr } = await run('reject');
    expect(code).toBe(1);
    expect(stderr).toContain('RangeError: boom');
    expectAll({ errors: 1 });
  });

  test('and the exit listeners of the program run', async () => {
    const { code, stdout } = await run('throw-after-exit-listener');
    expect([code, stdout]).toEqual([1, 'exit listener\n']);
    expectAll({ errors: 1 });
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('on %s, of which the process dies', async (signal) => {
    const ended = await run('wait', { signal });
    expect([ended.code, ended.signal, ended.stderr]).toEqual([null, signal, '']);
    expectAll();
  });

  test('on SIGTERM when the program exits by itself', async () => {
    const ended = await run('own-listener', { signal: 'SIGTERM' });
    expect([ended.code, ended.signal]).toEqual([0, null]);
    expectAll();
  });

  test('on SIGTERM when the program shuts monitoring down by itself', async () => {
    const ended = await run('own-shutdown', { signal: 'SIGTERM' });
    expect([ended.code, ended.signal]).toEqual([7, null]);
    expectAll();
  });

  test('on shutdown(), however often it is called', async () => {
    const { code, stderr } = await run('shutdown');
    expect([code, stderr]).toEqual([0, '']);
    expectAll();
  });
});

describe('a Collector that is down', () => {
  test.each([
    ['natural', 0],
    ['process-exit', 3],
    ['throw', 1],
    ['shutdown', 0],
  ])('does not hold up the end %s, nor change its exit code', async (ending, expected) => {
    const url = sink.url;
    await sink.close();
    const { code, stderr } = await run(ending, { env: { SINK: url, ...WAITS_FOR_EVER } });
    expect(code).toBe(expected);
    expect(stderr.match(/otel-monitor:/g)).toHaveLength(1);
  });
});

describe('a Collector that takes everything and never answers', () => {
  test('holds the end up for its deadline at most', async () => {
    const hanging = await startFaulty('hangs');
    hanging.breakDown();
    const env = { SINK: hanging.url, ...WAITS_FOR_EVER };
    const [natural, exit, thrown] = await Promise.all(
      ['natural', 'process-exit', 'throw'].map((ending) => run(ending, { env })),
    );
    await hanging.close();
    expect([natural?.code, exit?.code, thrown?.code]).toEqual([0, 3, 1]);
  });
});
