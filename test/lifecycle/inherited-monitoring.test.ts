import { expect, it } from 'vitest';
import { parseStrictly } from '../../packages/prometheus/test/strict-parser.js';
import { startSink } from '../otlp/sink.js';
import { freePort } from '../real-parts/free-ports.js';
import { program, runProgram } from './run-program.js';

const register = ['--import', '@otel-monitor/node/register'];

/** The samples of a metric on a page, by what `label` says. */
function samples(text: string, family: string, name: string, label: string): Record<string, number> {
  const all =
    parseStrictly(text, 'text')
      .get(family)
      ?.samples.filter((sample) => sample.name === name) ?? [];
  return Object.fromEntries(all.map(({ labels, value }) => [labels.get(label) ?? '', value]));
}

it('worker threads, nested ones and short ones are on the page of the main thread, and keep nothing alive', async () => {
  const { code, stdout, stderr } = await runProgram(program('threads.mjs'), {
    nodeOptions: register,
    env: {
      OTEL_EXPORTER_PROMETHEUS_PORT: `${await freePort()}`,
      // Node counts the thread of its module hooks among the threads: without instrumentations there is none
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici',
    },
  });
  expect([code, stderr]).toEqual([0, '']);
  const said = Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => [line.split(' ', 1)[0], JSON.parse(line.slice(line.indexOf(' ')))]),
  );
  const operations = (text: string) =>
    samples(
      text,
      'monitor_operation_duration_seconds',
      'monitor_operation_duration_seconds_count',
      'monitor_operation_name',
    );
  expect(operations(said.during)).toEqual({ work: 11_111 });
  expect(samples(said.during, 'monitor_custom_thread', 'monitor_custom_thread', 'monitor_worker_id')).toEqual({
    '': 0,
    'thread/1': 1,
    'thread/2': 2,
    'thread/3': 3,
    'thread/4': 4,
  });
  // host metrics are those of the process
  expect(samples(said.during, 'process_uptime_seconds', 'process_uptime_seconds', 'monitor_worker_id')).toEqual({
    '': expect.any(Number),
  });
  expect(said.health.components.map((each: { name: string; status: string }) => each.name)).toEqual([
    'worker/thread/1',
    'worker/thread/2',
    'worker/thread/3',
    'worker/thread/4',
  ]);
  // what the two that were told to end have counted last is there
  expect(operations(said.after)).toEqual({ work: 111_113 });
  expect(
    Object.keys(samples(said.after, 'monitor_custom_thread', 'monitor_custom_thread', 'monitor_worker_id')),
  ).toEqual(['']);
  expect(said.status).toMatchObject({ present: 0, missing: 0, departed: 5 });
  expect(said.heard).toEqual([10, 100, 1000]);
});

it('a program of node:cluster that was not changed has the requests of all its workers on one page', async () => {
  const sink = await startSink();
  const { code, stdout, stderr } = await runProgram(program('cluster-register.cjs'), {
    nodeOptions: register,
    env: {
      OTEL_EXPORTER_PROMETHEUS_PORT: `${await freePort()}`,
      WORKERS: '3',
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-7',
    },
  });
  await sink.close();
  expect([code, stderr]).toEqual([0, '']);
  expect(
    samples(
      stdout,
      'http_server_request_duration_seconds',
      'http_server_request_duration_seconds_count',
      'http_request_method',
    ),
  ).toEqual({ GET: 3 });
  // each pushes its own, as an instance of its own
  const pushed = sink.received().metrics.filter(({ item }) => item.name === 'http.server.request.duration');
  const counts = Object.fromEntries(
    pushed.map(({ resource, item }) => [resource['service.instance.id'], item.points.map(({ count }) => count)]),
  );
  expect(counts).toEqual({ 'pod-7/worker/1': [1], 'pod-7/worker/2': [1], 'pod-7/worker/3': [1] });
});

it('a program without workers does not load what only they need', async () => {
  const { code, stdout } = await runProgram(program('loaded-modules.mjs'));
  expect([code, JSON.parse(stdout)]).toEqual([0, { isObserved: true, cluster: false }]);
});
