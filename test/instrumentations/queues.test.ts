import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NodeLine, prepareInstrumented } from './instrumented-cache.js';
import { runInstrumented } from './run-instrumented.js';
import { hasRabbitmq, startRabbitmq } from './servers/rabbitmq.js';
import { hasRedis, startRedis } from './servers/redis.js';
import type { RunningServer } from './servers/server-process.js';

const installed = prepareInstrumented();
const folder = installed.missing === undefined ? installed.folder : '';
const missing = installed.missing !== undefined;
const nodes: NodeLine[] = [20, 24];
const matrix = nodes.flatMap((node) => ['cjs', 'mjs'].map((extension) => ({ node, extension })));

describe.skipIf(missing || !hasRabbitmq)('amqplib (needs rabbitmq-server and npm packages)', () => {
  let server: RunningServer | undefined;
  beforeAll(async () => {
    server = await startRabbitmq();
  });
  afterAll(() => server?.stop());

  test.each(matrix)('$extension on Node $node: who receives is in the trace of who sent', async (given) => {
    const env = { SERVER_URL: server?.url ?? '' };
    const ran = await runInstrumented(folder, `amqplib.${given.extension}`, { ...given, env });
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, 'hello\n', '']);
    const spans = ran.telemetry.spans.filter(({ scope }) => scope.name.endsWith('-amqplib')).map(({ item }) => item);
    const sent = spans.find(({ kind }) => kind === 4);
    const received = spans.find(({ kind }) => kind === 5);
    expect(spans).toHaveLength(2);
    expect(sent?.name).toMatch(/^publish /);
    expect(received?.name).toMatch(/ process$/);
    expect([received?.traceId, received?.parentSpanId]).toEqual([sent?.traceId, sent?.spanId]);
  });
});

describe.skipIf(missing || !hasRedis)('bullmq (needs redis-server and npm packages)', () => {
  let server: RunningServer | undefined;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  test.each(matrix)('$extension on Node $node: the worker is in the trace of who added the job', async (given) => {
    const env = { SERVER_URL: server?.url ?? '' };
    const ran = await runInstrumented(folder, `bullmq.${given.extension}`, { ...given, env });
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, '5\n', '']);
    const spans = ran.telemetry.spans.filter(({ scope }) => scope.name === 'bullmq').map(({ item }) => item);
    const added = spans.filter(({ name }) => name === 'add letters.letter');
    const processed = spans.filter(({ name }) => name === 'process letters');
    expect([added.map(({ kind }) => kind), processed.map(({ kind }) => kind)]).toEqual([[4], [5]]);
    expect([processed[0]?.traceId, processed[0]?.parentSpanId]).toEqual([added[0]?.traceId, added[0]?.spanId]);
  });
});

describe.skipIf(missing)('kafkajs (needs npm packages)', () => {
  test.each(matrix)('$extension on Node $node: a span of what is sent to nobody, with its error', async (given) => {
    const ran = await runInstrumented(folder, `kafkajs.${given.extension}`, given);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, 'KafkaJSNumberOfRetriesExceeded\nKafkaJSError\n', '']);
    const spans = ran.telemetry.spans.filter(({ scope }) => scope.name.endsWith('-kafkajs')).map(({ item }) => item);
    expect(spans.map(({ name, kind, status }) => [name, kind, status.code])).toEqual([['send letters', 4, 2]]);
    // what an instrumentation counts goes the way of all metrics
    const metrics = ran.telemetry.metrics.filter(({ scope }) => scope.name.endsWith('-kafkajs'));
    expect(metrics.map(({ item }) => item.name)).toEqual(['messaging.client.sent.messages']);
  });
});
