import { expect, test } from 'vitest';
import { startSink } from '../otlp/sink.js';
import { program, runProgram } from './run-program.js';

test('bundles and the packages themselves are one monitor in one process', async () => {
  const sink = await startSink();
  const { code, stderr, stdout } = await runProgram(program('copies.mjs'), { env: { SINK: sink.url } });
  await sink.close();
  expect([code, stderr.replace(/^otel-monitor: monitoring runs already.*\n/, '')]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({
    names: ['unbundled', 'imported', 'started'],
    refused: 'runs already',
    configError: [true, true, false],
    errors: 1,
    metrics: 'own',
  });
  const { spans, metrics } = sink.received();
  const byName = new Map(spans.map(({ item, scope }) => [item.name, { ...item, scope: scope.name }]));
  expect([...byName.values()].map(({ name, scope }) => `${scope}: ${name}`).sort()).toEqual([
    'application: imported',
    'library: unbundled',
    'unknown_service:node: started',
  ]);
  expect(byName.get('unbundled')?.parentSpanId).toBe(byName.get('imported')?.spanId);
  expect(byName.get('imported')?.parentSpanId).toBe(byName.get('started')?.spanId);
  expect(new Set(spans.map(({ item }) => item.traceId)).size).toBe(1);
  const operations = metrics.filter(({ item }) => item.name === 'monitor.operation.duration').at(-1);
  expect(operations).toBeDefined();
});

test('an error that a bundle throws and nobody catches is shown in lines that can be read', async () => {
  const { code, stderr } = await runProgram(program('start-and-reject.mjs'));
  expect(code).toBe(1);
  expect(stderr).toContain('ConfigError: the monitoring configuration cannot be used:\n  server.port: found -1');
  expect(Math.max(...stderr.split('\n').map((line) => line.length))).toBeLessThan(1000);
});

test('stacks name the sources where the program reads source maps', async () => {
  const { stderr } = await runProgram(program('start-and-reject.mjs'), { nodeOptions: ['--enable-source-maps'] });
  expect(stderr).toMatch(/packages\/config\/src\/findings\.ts:\d+/);
});
