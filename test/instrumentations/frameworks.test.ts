import { describe, expect, test } from 'vitest';
import { type NodeLine, prepareInstrumented } from './instrumented-cache.js';
import { type InstrumentedRun, runInstrumented } from './run-instrumented.js';

const installed = prepareInstrumented();
const folder = installed.missing === undefined ? installed.folder : '';
const nodes: NodeLine[] = [20, 22, 24];
const kinds = [
  ['a CommonJS program', 'cjs'],
  ['an ES module', 'mjs'],
] as const;

const ANSWERS = '/users/7 200\n/ 200\n/nowhere 404\n';

interface Framework {
  readonly name: string;
  readonly file: string;
  readonly application?: string;
  /** What the official instrumentation adds to our spans of the three requests, in the order of names. */
  readonly more: readonly string[];
}

const frameworks: readonly Framework[] = [
  {
    name: 'Express 5',
    file: 'express',
    more: ['express: request handler', 'express: request handler', 'express: router - /:id'],
  },
  {
    name: 'Express 4',
    file: 'express',
    application: 'express4',
    more: [
      ...Array(3).fill('express: middleware - expressInit'),
      ...Array(3).fill('express: middleware - query'),
      'express: request handler - /',
      'express: request handler - /users/:id',
      'express: router - /:id',
    ],
  },
  {
    name: 'Fastify 5',
    file: 'fastify',
    more: [
      "@fastify/otel: handler - async (users) => users.get('/:id', async () => ({ found: true }))",
      '@fastify/otel: handler - fastify -> @fastify/otel',
      ...Array(3).fill('@fastify/otel: request'),
    ],
  },
  { name: 'Koa 3', file: 'koa', more: ['koa: router - /', 'koa: router - /users/:id'] },
  // the route is told by a patch of ours, which makes no span
  { name: 'Hono 4', file: 'hono', more: [] },
];

describe.skipIf(installed.missing !== undefined)('a program that was not changed (needs npm packages)', () => {
  const matrix = frameworks.flatMap((framework) =>
    nodes.flatMap((node) => kinds.map(([kind, extension]) => ({ ...framework, node, kind, extension }))),
  );

  test.each(matrix)('$name, $kind, Node $node: each request once, with its route', async (given) => {
    const { file, extension, application = 'main', node, more } = given;
    const run = await runInstrumented(folder, `${file}.${extension}`, { application, node });
    expect([run.code, run.stdout, run.stderr]).toEqual([0, ANSWERS, '']);
    const requests = run.telemetry.spans.filter(({ scope }) => scope.name === '@otel-monitor/http');
    expect(requests.map(({ item }) => [item.name, item.kind, item.attributes['http.route']]).sort()).toEqual([
      ['GET /', 2, '/'],
      ['GET /users/:id', 2, '/users/:id'],
      ['GET', 2, undefined],
    ]);
    expect(run.spans.filter((span) => !span.startsWith('@otel-monitor/')).sort()).toEqual(more);
    const traces = new Set(requests.map(({ item }) => item.traceId));
    for (const { item } of run.telemetry.spans) expect(traces).toContain(item.traceId);
    expect(routesOf(run)).toEqual(['/', '/users/:id', undefined]);
  });

  test.each(frameworks.filter(({ application }) => application === undefined))(
    '$name: where our own middleware is mounted too, each request is still one',
    async ({ file, more }) => {
      const run = await runInstrumented(folder, `${file}-mounted.mjs`);
      expect([run.code, run.stdout, run.stderr]).toEqual([0, ANSWERS, '']);
      expect(run.spans.filter((span) => span.startsWith('@otel-monitor/')).sort()).toEqual([
        '@otel-monitor/http: GET',
        '@otel-monitor/http: GET /',
        '@otel-monitor/http: GET /users/:id',
      ]);
      // the spans of the official instrumentation are there as before, and more for what our middleware adds to the layers
      expect(run.spans.length).toBeGreaterThanOrEqual(3 + more.length);
      expect(routesOf(run)).toEqual(['/', '/users/:id', undefined]);
    },
  );

  const others: readonly NodeLine[] = ['22.12', '24.5'];
  const ways = [
    ...[...nodes, ...others].map((node) => ({ node, option: '--require' as const })),
    ...others.map((node) => ({ node, option: '--import' as const })),
  ];
  const both = ways.flatMap((way) => kinds.map(([kind, extension]) => ({ ...way, kind, extension })));
  test.each(both)('under $option, $kind, Node $node: the same', async ({ node, option, extension }) => {
    const run = await runInstrumented(folder, `express.${extension}`, { node, option });
    expect([run.code, run.stdout, run.stderr]).toEqual([0, ANSWERS, '']);
    expect([...run.spans].sort()).toEqual([
      '@otel-monitor/http: GET',
      '@otel-monitor/http: GET /',
      '@otel-monitor/http: GET /users/:id',
      'express: request handler',
      'express: request handler',
      'express: router - /:id',
    ]);
  });

  test.each(frameworks)('$name: where no trace is sampled the metric has the routes', async ({ file, application }) => {
    const env = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };
    const run = await runInstrumented(folder, `${file}.mjs`, { ...(application && { application }), env });
    expect([run.stdout, run.stderr, run.spans]).toEqual([ANSWERS, '', []]);
    expect(routesOf(run)).toEqual(['/', '/users/:id', undefined]);
  });
});

/** The routes of http.server.request.duration; undefined where a request had none. */
function routesOf({ telemetry }: InstrumentedRun): unknown[] {
  const durations = telemetry.metrics.filter(({ item }) => item.name === 'http.server.request.duration');
  const points = durations.flatMap(({ item }) => item.points);
  expect(points.map(({ count }) => count)).toEqual([1, 1, 1]);
  return points.map(({ attributes }) => attributes['http.route']).sort();
}
