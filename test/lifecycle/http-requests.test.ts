import { expect, test } from 'vitest';
import { startSink } from '../otlp/sink.js';
import { program, runProgram } from './run-program.js';

/** `SPAN_KIND_SERVER` of OTLP. */
const SERVER = 2;

test('an adapter gives the route to the request that register has started, from another copy of the package', async () => {
  const sink = await startSink();
  const { code, stderr } = await runProgram(program('framework-service.mjs'), {
    nodeOptions: ['--import', '@otel-monitor/node/register'],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      OTEL_SERVICE_NAME: 'service',
    },
  });
  await sink.close();
  expect([code, stderr]).toEqual([0, '']);
  const { spans, metrics } = sink.received();
  const served = spans.filter(({ item }) => item.kind === SERVER).map(({ item }) => item.name);
  expect(served).toEqual(['GET /teams/:team/members/:member', 'GET /broken', 'GET']);
  const durations = metrics.filter(({ item }) => item.name === 'http.server.request.duration').at(-1);
  const counted = durations?.item.points.map(({ attributes, count }) => [
    attributes['http.route'],
    attributes['http.response.status_code'],
    attributes['error.type'],
    count,
  ]);
  expect(counted).toEqual([
    ['/teams/:team/members/:member', 200, undefined, 1],
    ['/broken', 500, 'RangeError', 1],
    [undefined, 404, undefined, 1],
  ]);
});

test('a request whose listener throws is told of, though the process ends by it', async () => {
  const sink = await startSink();
  const { code, stderr } = await runProgram(program('throwing-listener.mjs'), {
    nodeOptions: ['--import', '@otel-monitor/node/register'],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
  });
  await sink.close();
  expect(code).toBe(1);
  expect(stderr).toContain('RangeError: thrown in a listener');
  const served = sink.received().spans.filter(({ item }) => item.kind === SERVER);
  expect(served.map(({ item }) => [item.name, item.attributes['error.type']])).toEqual([['GET', 'RangeError']]);
});
