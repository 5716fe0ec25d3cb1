import { describe, expect, test } from 'vitest';
import { type NodeLine, prepareInstrumented } from './instrumented-cache.js';
import { type InstrumentedOptions, runInstrumented } from './run-instrumented.js';

const installed = prepareInstrumented();
const folder = installed.missing === undefined ? installed.folder : '';
const register = '@otel-monitor/node/register';

const ANSWERS = '/users/7 200\n/ 200\n/nowhere 404\n';
const LAYERS = ['express: request handler', 'express: request handler', 'express: router - /:id'];
const REQUESTS = ['@otel-monitor/http: GET', '@otel-monitor/http: GET /', '@otel-monitor/http: GET /users/:id'];

async function spansOf(program: string, options: InstrumentedOptions): Promise<string[]> {
  const run = await runInstrumented(folder, program, options);
  expect([run.code, run.stdout, run.stderr]).toEqual([0, ANSWERS, '']);
  return [...run.spans].sort();
}

describe.skipIf(installed.missing !== undefined)('nothing is recorded twice (needs npm packages)', () => {
  const nodes: NodeLine[] = [20, 22, 24];

  test.each(nodes)('under --import and --require at once (Node %s)', async (node) => {
    const nodeOptions = ['--require', register, '--import', register];
    expect(await spansOf('express.mjs', { node, nodeOptions })).toEqual([...REQUESTS, ...LAYERS]);
  });

  test('under NODE_OPTIONS and the command line', async () => {
    const env = { NODE_OPTIONS: `--import ${register}` };
    expect(await spansOf('express.cjs', { env })).toEqual([...REQUESTS, ...LAYERS]);
  });

  test.each(nodes.flatMap((node) => ['--import', '--require'].map((option) => ({ node, option }))))(
    'in a worker thread, which inherits $option (Node $node)',
    async ({ node, option }) => {
      expect(await spansOf('worker.mjs', { node, nodeOptions: [option, register] })).toEqual([...REQUESTS, ...LAYERS]);
    },
  );

  test('in a worker of node:cluster', async () => {
    expect(await spansOf('cluster.mjs', {})).toEqual([...REQUESTS, ...LAYERS]);
  });

  test('beside an SDK that starts later, with instrumentations of its own', async () => {
    expect(await spansOf('node-sdk-then-express.cjs', {})).toEqual([...REQUESTS, ...LAYERS]);
  });

  test('beside an SDK that has started before: its instrumentations are used, and none of ours is loaded', async () => {
    const nodeOptions = ['--require', './programs/node-sdk.cjs', '--import', register];
    const spans = await spansOf('express.cjs', { nodeOptions });
    expect(spans.filter((span) => span.startsWith('express'))).toEqual(LAYERS);
    const { stdout } = await runInstrumented(folder, 'status.mjs', { nodeOptions });
    const [first, ...more] = JSON.parse(stdout) as { name: string; state: string; reason?: string }[];
    expect(first).toEqual({
      name: 'amqplib',
      state: 'refused',
      package: '@opentelemetry/instrumentation-amqplib',
      reason: 'the spans of this process belong to another SDK, which brings its own',
    });
    expect(new Set(more.map(({ state }) => state))).toEqual(new Set(['refused']));
  });
});
