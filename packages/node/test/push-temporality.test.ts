import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { boundMeter, metricStore } from '@otel-monitor/bound-metrics';
import { loadConfig } from '@otel-monitor/config';
import { redirectReports, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseOtlpJsonLines } from '../../../test/otlp/json-lines.js';
import { readOtlpProtobuf } from '../../../test/otlp/protobuf.js';
import { type OwnPipelines, startPipelines } from '../src/start-pipelines.js';

let server: Server;
let bodies: string[];
let status: number;
/** Called when a request is here and not answered yet. */
let received: () => Promise<void> | void;
let pipelines: OwnPipelines;
let restoreReports: () => void;

beforeEach(async () => {
  bodies = [];
  status = 200;
  received = () => {};
  restoreReports = redirectReports(() => {});
  server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (request.url === '/v1/metrics') bodies.push(JSON.stringify(readOtlpProtobuf('metrics', body)));
    await received();
    response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await Promise.all(Object.values(pipelines).map((pipeline) => pipeline.shutdown(1000)));
  trace.disable();
  metrics.disable();
  logs.disable();
  context.disable();
  propagation.disable();
  metricStore.reset();
  runtimeState.metrics = 'none';
  restoreReports();
  server.closeAllConnections();
  server.close();
});

function start(preference: string) {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    // text that this test can read
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference,
  };
  pipelines = startPipelines(loadConfig({ env }).config, { traces: false, metrics: false, logs: false });
  return pipelines.metrics!;
}

/** Value, or count and sum, and temporality of a metric's points in one request. */
const pushed = (body: string | undefined, name: string) =>
  parseOtlpJsonLines(body ?? '')
    .metrics.filter(({ item }) => item.name === name)
    .flatMap(({ item }) =>
      item.points.map(({ value, count, sum }) => [item.aggregationTemporality, value ?? [count, sum]]),
    );

const instruments = () => {
  const meter = boundMeter({ name: 'shop' });
  return {
    requests: meter.createCounter('requests').bind({ route: '/' }),
    open: meter.createUpDownCounter('open').bind(),
    duration: meter.createHistogram('duration', { unit: 's' }).bind(),
    size: meter.createExponentialHistogram('size', { unit: 'By' }).bind(),
  };
};
const DELTA = 1;
const CUMULATIVE = 2;

describe('pushed metrics', () => {
  it('are deltas where they are asked for, those of plain instruments as well, and the reader stays cumulative', async () => {
    const own = start('Delta');
    const { requests, open, duration, size } = instruments();
    const plain = metrics.getMeter('library').createCounter('plain');
    let observed = 40;
    metrics
      .getMeter('library')
      .createObservableCounter('observed')
      .addCallback((result) => result.observe(observed));
    for (const value of [1, 2]) {
      requests.add(value);
      open.add(-value);
      duration.record(value);
      size.record(value);
      plain.add(10 * value);
      observed += value;
      await own.forceFlush(5000);
    }
    const all = (body: string | undefined) =>
      ['requests', 'open', 'duration', 'size', 'plain', 'observed'].map((name) => pushed(body, name));
    expect(all(bodies[0])).toEqual([
      [[DELTA, 1]],
      [[CUMULATIVE, -1]],
      [[DELTA, [1, 1]]],
      [[DELTA, [1, 1]]],
      [[DELTA, 10]],
      [[DELTA, 41]],
    ]);
    expect(all(bodies[1])).toEqual([
      [[DELTA, 2]],
      [[CUMULATIVE, -3]],
      [[DELTA, [1, 2]]],
      [[DELTA, [1, 2]]],
      [[DELTA, 20]],
      [[DELTA, 2]],
    ]);
    await own.forceFlush(5000);
    expect(all(bodies[2])).toEqual([[], [[CUMULATIVE, -3]], [], [], [], []]);
    const { scopeMetrics } = await own.collect();
    const seen = scopeMetrics.flatMap((scope) => scope.metrics);
    const totals = ['requests', 'plain'].map(
      (name) => seen.find(({ descriptor }) => descriptor.name === name)?.dataPoints[0]?.value,
    );
    expect(totals).toEqual([3, 30]);
  });

  it('leave observed counters as totals where little memory is asked for', async () => {
    const own = start('lowmemory');
    const { requests } = instruments();
    metrics
      .getMeter('library')
      .createObservableCounter('observed')
      .addCallback((result) => result.observe(7));
    requests.add(1);
    await own.forceFlush(5000);
    requests.add(1);
    await own.forceFlush(5000);
    expect(bodies.map((body) => [pushed(body, 'requests'), pushed(body, 'observed')])).toEqual([
      [[[DELTA, 1]], [[CUMULATIVE, 7]]],
      [[[DELTA, 1]], [[CUMULATIVE, 7]]],
    ]);
  });

  it('of a push that failed are in the next one', async () => {
    const own = start('delta');
    const { requests, duration } = instruments();
    const plain = metrics.getMeter('library').createCounter('plain');
    const record = () => {
      requests.add(1);
      duration.record(0.5);
      plain.add(1);
    };
    const all = (body: string | undefined) => ['requests', 'duration', 'plain'].map((name) => pushed(body, name));
    record();
    await own.forceFlush(5000);
    status = 400;
    for (let failed = 0; failed < 3; failed += 1) {
      record();
      await own.forceFlush(5000);
    }
    expect(own.status()).toMatchObject({ failedExports: 3 });
    status = 200;
    record();
    await own.forceFlush(5000);
    expect(bodies).toHaveLength(5);
    expect(all(bodies[0])).toEqual([[[DELTA, 1]], [[DELTA, [1, 0.5]]], [[DELTA, 1]]]);
    expect(all(bodies[4])).toEqual([[[DELTA, 4]], [[DELTA, [4, 2]]], [[DELTA, 4]]]);
    record();
    await own.forceFlush(5000);
    expect(all(bodies[5])).toEqual([[[DELTA, 1]], [[DELTA, [1, 0.5]]], [[DELTA, 1]]]);
  });

  it('at an end without an event loop are what was not sent yet', async () => {
    const own = start('delta');
    const { requests } = instruments();
    const last = () => pushed(JSON.stringify(readOtlpProtobuf('metrics', own.takeUnsent()!.body)), 'requests');
    requests.add(1);
    expect(last()).toEqual([[DELTA, 1]]);
    await own.forceFlush(5000);
    requests.add(2);
    expect(last()).toEqual([[DELTA, 2]]);
    let isHere = () => {};
    const here = new Promise<void>((resolve) => {
      isHere = resolve;
    });
    let answer = () => {};
    received = () =>
      new Promise((resolve) => {
        answer = resolve;
        isHere();
      });
    const flushed = own.forceFlush(5000);
    await here;
    requests.add(4);
    // the two that are on their way have left: only what came after them is to be sent
    expect(last()).toEqual([[DELTA, 4]]);
    answer();
    await flushed;
    expect(pushed(bodies[1], 'requests')).toEqual([[DELTA, 2]]);
    expect(last()).toEqual([[DELTA, 4]]);
  });

  it('are totals by default', async () => {
    const own = start('');
    const { requests } = instruments();
    for (let push = 0; push < 2; push += 1) {
      requests.add(1);
      await own.forceFlush(5000);
    }
    expect(bodies.map((body) => pushed(body, 'requests'))).toEqual([[[CUMULATIVE, 1]], [[CUMULATIVE, 2]]]);
  });
});
