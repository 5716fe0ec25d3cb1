import { expect, test } from 'vitest';
import { nodes } from '../beside/nodes.js';
import { startSink } from '../otlp/sink.js';
import { ownState } from '../own-state.js';
import { program, runProgram } from './run-program.js';

test.each(nodes())('runs that are let go are abandoned once their memory is collected, on %s', async (_name, node) => {
  const options = { node, nodeOptions: ['--expose-gc'] };
  const { code, stderr, stdout } = await runProgram(program('workflows-let-go.mjs'), options);
  expect([code, stderr]).toEqual([0, '']);
  const runs = { started: 3000, completed: 1000, failed: 0, abandoned: 0, inProgress: 2000, interrupted: 0 };
  expect(JSON.parse(stdout)).toEqual({
    atOnce: runs,
    collected: { ...runs, abandoned: 1000, inProgress: 1000 },
    steps: [
      ['upload', 1000],
      ['parse', 0],
    ],
    ended: { ...runs, completed: 2000, abandoned: 1000, inProgress: 0 },
  });
});

const kinds = nodes().flatMap(([name, node]) => [
  { name: `${name}, ES modules`, node, file: 'open-feature.mjs' },
  { name: `${name}, CommonJS`, node, file: 'open-feature.cjs' },
]);

test.each(kinds)(
  'evaluations of OpenFeature are recorded and tell which variant works: $name',
  async ({ node, file }) => {
    const sink = await startSink();
    const { code, stderr, stdout } = await runProgram(program(file), {
      node,
      nodeOptions: ['--no-warnings'],
      env: { SINK: sink.url },
    });
    await sink.close();
    expect([code, stderr]).toEqual([0, '']);
    const outcome = (completed: number, failed: number) => [
      {
        name: 'checkout',
        runs: { started: 3, completed, failed, abandoned: 0 },
        conversion: completed / 3,
        successRate: completed / 3,
      },
    ];
    expect(JSON.parse(stdout)).toEqual([
      {
        flag: 'checkout',
        evaluations: 6,
        failures: [],
        variants: [
          { variant: 'long', evaluations: 3, users: 3, workflows: outcome(1, 2), features: [] },
          { variant: 'short', evaluations: 3, users: 3, workflows: outcome(3, 0), features: [] },
        ],
      },
      {
        flag: 'missing',
        evaluations: 1,
        failures: [{ errorType: 'flag_not_found', evaluations: 1 }],
        variants: [{ variant: '_DEFAULT', evaluations: 1, users: 0, workflows: [], features: [] }],
      },
    ]);
    const { logs, spans } = sink.received();
    const orders = new Map(
      spans.filter(({ item }) => item.name === 'order').map(({ item }) => [item.traceId, item.spanId]),
    );
    const all = logs.filter(({ item }) => item.eventName === 'feature_flag.evaluation');
    expect(all).toHaveLength(7);
    const events = all.filter(({ item }) => item.attributes['feature_flag.key'] === 'checkout');
    expect(events.map(({ item }) => item.attributes['feature_flag.result.variant']).sort()).toEqual([
      ...['long', 'long', 'long'],
      ...['short', 'short', 'short'],
    ]);
    for (const { item } of events) expect(orders.get(item.traceId ?? '')).toBe(item.spanId);
    expect(JSON.stringify(logs)).not.toMatch(/u-\d/);
  },
);

test('workflows and flags go on where the process before has ended, and its runs in progress were interrupted', async () => {
  const env = ownState();
  const told = (started: number, completed: number, inProgress: number, interrupted: number, users: number) => {
    const runs = { started, completed, failed: 0, abandoned: 0 };
    const outcome = { runs, conversion: 1, successRate: 1 };
    const features = [{ name: 'upload', uses: started, failed: 0, successRate: 1 }];
    return {
      runs: { ...runs, inProgress, interrupted },
      reached: [started],
      variants: [{ flag: 'uploader', variant: 'on', ...outcome }],
      flags: [
        {
          flag: 'uploader',
          evaluations: started,
          failures: [],
          variants: [
            { variant: 'on', evaluations: started, users, workflows: [{ name: 'import', ...outcome }], features },
          ],
        },
      ],
    };
  };
  for (const [args, expected] of [
    [[], told(2, 1, 1, 0, 2)],
    [['again'], told(4, 2, 1, 1, 3)],
    [['again'], told(6, 3, 1, 2, 3)],
  ] as const) {
    const { code, stdout, stderr } = await runProgram(program('usage-restart.mjs'), { env, args });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(expected);
  }
});
