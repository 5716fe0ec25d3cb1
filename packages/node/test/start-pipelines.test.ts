import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { metricStore } from '@otel-monitor/bound-metrics';
import { loadConfig, type MonitoringOptions } from '@otel-monitor/config';
import { redirectReports, runtimeState } from '@otel-monitor/runtime';
import { OPERATION_DURATION } from '@otel-monitor/semconv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OtlpSink, startSink } from '../../../test/otlp/sink.js';
import { exportLastOf, flushPipelines, isAnyPending } from '../src/end-pipelines.js';
import { type OwnPipelines, startPipelines } from '../src/start-pipelines.js';

const NOTHING = { traces: false, metrics: false, logs: false };
let sink: OtlpSink;
let pipelines: OwnPipelines = {};
let lines: string[];
let restoreReports: () => void;

function start(options: MonitoringOptions, registered = NOTHING): OwnPipelines {
  pipelines = startPipelines(loadConfig({ code: options, env: {} }).config, registered);
  return pipelines;
}

const pushing = (more: MonitoringOptions = {}) => ({ otlp: { endpoint: sink.url }, ...more });

beforeEach(async () => {
  sink = await startSink();
  lines = [];
  restoreReports = redirectReports((line) => lines.push(line));
});

afterEach(async () => {
  await Promise.all(Object.values(pipelines).map((pipeline) => pipeline.shutdown(1000)));
  pipelines = {};
  trace.disable();
  metrics.disable();
  logs.disable();
  context.disable();
  propagation.disable();
  metricStore.reset();
  runtimeState.metrics = 'none';
  restoreReports();
  await sink.close();
});

describe('pipelines of our own', () => {
  test('one flush delivers spans, log records and metrics, each once, under one resource', async () => {
    const own = start(pushing({ service: { name: 'shop', version: '1.2.3', namespace: 'web' }, environment: 'test' }));
    trace.getTracer('library', '7').startActiveSpan('parent', (parent) => {
      trace.getTracer('library', '7').startSpan('child').end();
      logs.getLogger('library').emit({ body: 'hello' });
      parent.end();
    });
    metricStore
      .scope({ name: 'bound' })
      .histogram(OPERATION_DURATION)
      .bind({ 'monitor.operation.name': 'a' })
      .record(0.2);
    metrics.getMeter('library').createCounter('plain').add(3);
    expect(isAnyPending(own)).toBe(true);
    await flushPipelines(own, 5000);
    expect(isAnyPending(own)).toBe(false);

    const { spans, logs: records, metrics: points } = sink.received();
    expect(spans.map(({ item }) => item.name)).toEqual(['child', 'parent']);
    expect(spans[0]?.item.parentSpanId).toBe(spans[1]?.item.spanId);
    expect(records.map(({ item }) => [item.body, item.spanId])).toEqual([['hello', spans[1]?.item.spanId]]);
    const bound = points.filter(({ item }) => item.name === 'monitor.operation.duration');
    expect(bound.map(({ scope, item }) => [scope.name, item.aggregationTemporality, item.points[0]?.count])).toEqual([
      ['bound', 2, 1],
    ]);
    expect(points.find(({ item }) => item.name === 'plain')?.item.points[0]?.value).toBe(3);
    const resources = [...spans, ...records, ...points].map(({ resource }) => resource);
    expect(new Set(resources.map((resource) => JSON.stringify(resource))).size).toBe(1);
    expect(resources[0]).toMatchObject({
      'service.name': 'shop',
      'service.version': '1.2.3',
      'service.namespace': 'web',
      'service.instance.id': expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      'deployment.environment.name': 'test',
      'telemetry.sdk.name': 'opentelemetry',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.distro.name': 'otel-monitor',
      'process.pid': process.pid,
    });
    expect(Object.keys(resources[0] as object).filter((key) => key.startsWith('process.command'))).toEqual([]);
  });

  test('count themselves as otel.sdk.*', async () => {
    const own = start(pushing({ batch: { spans: { maxQueueSize: 2, maxExportBatchSize: 2 } } }));
    const tracer = trace.getTracer('library');
    // two leave at once as a full batch, two wait, one finds no room
    for (let i = 0; i < 5; i += 1) tracer.startSpan('s').end();
    await own.traces?.forceFlush(5000);
    await own.metrics?.forceFlush(5000);
    const points = sink
      .received()
      .metrics.flatMap(({ item }) => item.points.map((point) => ({ name: item.name, ...point })));
    const processed = points.filter(({ name }) => name === 'otel.sdk.processor.span.processed');
    expect(processed.map(({ attributes, value }) => [attributes['error.type'], value])).toEqual([
      ['queue_full', 1],
      [undefined, 4],
    ]);
    const names = new Set(points.map(({ name }) => name));
    for (const name of [
      'otel.sdk.span.started',
      'otel.sdk.span.live',
      'otel.sdk.processor.span.queue.size',
      'otel.sdk.processor.span.queue.capacity',
      'otel.sdk.processor.log.queue.capacity',
      'otel.sdk.exporter.span.exported',
      'otel.sdk.exporter.operation.duration',
    ]) {
      expect(names).toContain(name);
    }
    expect(own.traces?.status()).toMatchObject({ endpoint: `${sink.url}/v1/traces`, dropped: 1, failedExports: 0 });
  });

  test('build nothing for a signal that is registered', () => {
    const own = start(pushing(), { traces: true, metrics: true, logs: true });
    expect(own).toEqual({});
    expect(runtimeState.metrics).toBe('none');
    expect(trace.getTracer('library').startSpan('s').isRecording()).toBe(false);
  });

  test('without an endpoint spans are made and kept in context, and nothing is sent', async () => {
    const own = start({});
    trace.getTracer('library').startActiveSpan('s', (span) => {
      expect(trace.getActiveSpan()).toBe(span);
      expect(span.isRecording()).toBe(true);
      span.end();
    });
    await flushPipelines(own, 1000);
    exportLastOf(own, true);
    expect(sink.paths).toEqual([]);
    expect(own.traces?.status()).toEqual({});
    const { scopeMetrics } = (await own.metrics?.collect()) ?? { scopeMetrics: [] };
    expect(scopeMetrics.flatMap((scope) => scope.metrics.map((metric) => metric.descriptor.name))).toContain(
      'otel.sdk.span.started',
    );
  });

  test('concurrent readers of the metrics share one collection', async () => {
    const own = start({});
    let collections = 0;
    const stop = metricStore.beforeCollect(() => {
      collections += 1;
    });
    const [first, second] = await Promise.all([own.metrics?.collect(), own.metrics?.collect()]);
    expect(second).toBe(first);
    expect(collections).toBe(1);
    await own.metrics?.collect();
    expect(collections).toBe(2);
    stop();
  });

  test('a page gets what the SDK holds without the bound series, which it reads itself', async () => {
    const own = start({});
    metrics.getMeter('library').createCounter('plain').add(3);
    metricStore.scope({ name: 'bound' }).histogram(OPERATION_DURATION).bind({}).record(0.2);
    const names = async (collection: Promise<ResourceMetrics> | undefined) =>
      (await collection)?.scopeMetrics.flatMap((scope) => scope.metrics.map(({ descriptor }) => descriptor.name));
    expect(await names(own.metrics?.collect())).toEqual(expect.arrayContaining(['plain', OPERATION_DURATION.name]));
    expect(await names(own.metrics?.collectSdk?.())).toContain('plain');
    expect(await names(own.metrics?.collectSdk?.())).not.toContain(OPERATION_DURATION.name);
    const [first, second] = await Promise.all([own.metrics?.collectSdk?.(), own.metrics?.collectSdk?.()]);
    expect(second).toBe(first);
    await own.metrics?.shutdown(1000);
    expect(await names(own.metrics?.collectSdk?.())).toEqual([]);
  });

  test('a failing Collector is one line without secrets, and shows in the status', async () => {
    const url = sink.url.replace('http://', 'http://owner:s3cret@');
    await sink.close();
    const own = start({
      otlp: { endpoint: url, headers: { authorization: 'Bearer t0ken' } },
    });
    trace.getTracer('library').startSpan('s').end();
    logs.getLogger('library').emit({ body: 'hello' });
    await flushPipelines(own, 5000);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^otel-monitor: (traces|logs|metrics) could not be sent to http:\/\/127\.0\.0\.1:\d+\/v1\/\w+: ECONNREFUSED\n$/,
    );
    expect(own.traces?.status()).toMatchObject({ dropped: 1, failedExports: 1, lastError: 'ECONNREFUSED' });
    expect(JSON.stringify(own.traces?.status())).not.toMatch(/s3cret|t0ken/);
  });

  test('what the server refuses of a batch is counted as lost, and said', async () => {
    // ExportTraceServiceResponse { partial_success { rejected_spans: 2, error_message: "no" } }
    const answers = {
      'application/x-protobuf': Buffer.from([0x0a, 0x06, 0x08, 0x02, 0x12, 0x02, 0x6e, 0x6f]),
      'application/json': Buffer.from('{"partialSuccess":{"rejectedSpans":"2","errorMessage":"no"}}'),
    };
    for (const protocol of ['http/protobuf', 'http/json'] as const) {
      const server = createServer((request, response) => {
        request.resume().on('end', () => {
          const type = request.headers['content-type'] as keyof typeof answers;
          response.setHeader('content-type', type).end(answers[type]);
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const own = start({
        otlp: { protocol, traces: { endpoint } },
      });
      for (let i = 0; i < 5; i += 1) trace.getTracer('library').startSpan('s').end();
      await own.traces?.forceFlush(5000);
      expect(own.traces?.status()).toMatchObject({ dropped: 2, failedExports: 0 });
      const { scopeMetrics = [] } = (await own.metrics?.collect()) ?? {};
      const processed = scopeMetrics
        .flatMap((scope) => scope.metrics)
        .filter(({ descriptor }) => descriptor.name === 'otel.sdk.processor.span.processed')
        .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => [attributes['error.type'], value]));
      expect(Object.fromEntries(processed.filter(([, value]) => value !== 0))).toEqual({ undefined: 3, rejected: 2 });
      await Promise.all(Object.values(pipelines).map((pipeline) => pipeline.shutdown(1000)));
      metricStore.reset();
      server.closeAllConnections();
      server.close();
      expect(lines[0]).toMatch(/^otel-monitor: http:\/\/127\.0\.0\.1:\d+\/ refused 2 of the traces it was sent\n$/);
    }
  });

  test('after a shutdown nothing is taken, the places are free, and a second start works', async () => {
    const first = start(pushing());
    await Promise.all(Object.values(first).map((pipeline) => pipeline.shutdown(2000)));
    trace.getTracer('late').startSpan('lost').end();
    await expect(first.metrics?.collect()).resolves.toBeDefined();
    start(pushing());
    trace.getTracer('again').startSpan('kept').end();
    await flushPipelines(pipelines, 5000);
    expect(sink.received().spans.map(({ item }) => item.name)).toEqual(['kept']);
  });

  test('exports protobuf when asked to', async () => {
    const own = start({ otlp: { endpoint: sink.url, protocol: 'http/protobuf' } });
    trace.getTracer('library').startSpan('s').end();
    await own.traces?.forceFlush(5000);
    expect(sink.headers.map((headers) => headers['content-type'])).toEqual(['application/x-protobuf']);
    expect(own.traces?.status()).toMatchObject({ failedExports: 0, dropped: 0 });
  });
});
