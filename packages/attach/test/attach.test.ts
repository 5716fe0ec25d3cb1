import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, metrics, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { metricStore } from '@otel-monitor/bound-metrics';
import { loadConfig, type MonitoringOptions } from '@otel-monitor/config';
import { createMonitor } from '@otel-monitor/monitor';
import { initialState, redirectReports, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attach } from '../src/attach.js';
import type { Monitoring } from '../src/monitoring.js';
import { registeredSignals } from '../src/registered-signals.js';

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

const lines: string[] = [];
let restore: () => void;
let running: Monitoring | undefined;

beforeEach(() => {
  lines.length = 0;
  restore = redirectReports((line) => lines.push(line));
});

afterEach(async () => {
  await running?.shutdown();
  running = undefined;
  restore();
  trace.disable();
  context.disable();
  metrics.disable();
  logs.disable();
  metricStore.reset();
  Object.assign(runtimeState, initialState());
});

async function start(options: MonitoringOptions = {}): Promise<Monitoring> {
  const { config, warnings } = loadConfig({
    code: { server: { port: 0 }, host: { enabled: false }, ...options },
    env: {},
  });
  running = await attach(config, { warnings });
  return running;
}

const page = async (monitoring: Monitoring, path: string) => (await fetch(`${monitoring.url}${path}`)).text();

describe('somebody else owns the providers', () => {
  function ownSdk() {
    const spans = new InMemorySpanExporter();
    const records = new InMemoryLogRecordExporter();
    const reader = new Reader();
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).register();
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    logs.setGlobalLoggerProvider(
      new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] }),
    );
    const collected = async () =>
      (await reader.collect()).resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return { spans, records, collected };
  }

  it('spans and log records go to them once, metrics to them once and to our page', async () => {
    const early = createMonitor({ name: 'early' });
    const { spans, records, collected } = ownSdk();
    const monitoring = await start({ service: { name: 'shop' }, exceptionSignal: 'logs/dup' });
    expect(monitoring.status().signals).toEqual({
      traces: { ownership: 'attached' },
      metrics: { ownership: 'attached' },
      logs: { ownership: 'attached' },
    });
    early.operation('order', () => {});
    expect(() =>
      monitoring.monitor.operation('order', () => {
        throw new TypeError('no stock');
      }),
    ).toThrow('no stock');

    expect(spans.getFinishedSpans().map(({ name }) => name)).toEqual(['order', 'order']);
    expect(records.getFinishedLogRecords()).toHaveLength(1);
    const metric = (await collected()).find(({ descriptor }) => descriptor.name === 'monitor.operation.duration');
    expect(metric?.dataPoints.map(({ value }) => (value as { count: number }).count)).toEqual([1]);
    expect(await page(monitoring, '/metrics')).toMatch(/monitor_errors_total\{[^}]*error_type="TypeError"[^}]*\} 1\n/);
    expect(monitoring.snapshot().operations).toMatchObject([{ name: 'order', count: 2, failures: 1 }]);
  });

  it('observed values are read by the owner too', async () => {
    const { collected } = ownSdk();
    const monitoring = await start();
    const remove = monitoring.monitor.addCollector('queue', () => ({ depth: 4 }));
    await page(monitoring, '/metrics');
    const gauge = (await collected()).find(({ descriptor }) => descriptor.name === 'monitor.custom.depth');
    expect(gauge?.dataPoints.map(({ value, attributes }) => [value, attributes])).toEqual([
      [4, { 'monitor.collector.name': 'queue' }],
    ]);
    remove();
  });

  it('what is registered is seen, signal by signal', () => {
    expect(registeredSignals()).toEqual({ traces: false, metrics: false, logs: false });
    metrics.setGlobalMeterProvider(new MeterProvider());
    expect(registeredSignals()).toEqual({ traces: false, metrics: true, logs: false });
    ownSdk();
    expect(registeredSignals()).toEqual({ traces: true, metrics: true, logs: true });
  });
});

describe('the server', () => {
  let other: Server;
  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void other.close());

  it('a busy port leaves the program running, says one clear line, and is shown by status', async () => {
    const { port } = other.address() as AddressInfo;
    const monitoring = await start({ server: { port } });
    expect(monitoring.url).toBeUndefined();
    expect(monitoring.status().server).toEqual({ state: 'failed', reason: expect.stringContaining(`port ${port}`) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`port ${port}`);
    expect(monitoring.monitor.operation('goes_on', () => 1)).toBe(1);
  });

  it('does not listen beyond loopback without a token, and the program runs on', async () => {
    const monitoring = await start({ server: { host: '0.0.0.0', port: 0 } });
    expect(monitoring.status().server).toMatchObject({ state: 'failed' });
    expect(lines[0]).toContain('OTEL_MONITOR_TOKEN_VIEWER');
  });

  it('can be left out, and the endpoints mounted elsewhere', async () => {
    const monitoring = await start({ server: false });
    expect(monitoring.status().server).toEqual({ state: 'off' });
    monitoring.monitor.operation('mounted', () => {});
    other.on('request', monitoring.handler);
    const { port } = other.address() as AddressInfo;
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toContain('monitor_operation_name="mounted"');
  });

  it('has no page of metrics where Prometheus is switched off, and its probes all the same', async () => {
    const monitoring = await start({ prometheus: { enabled: false } });
    expect((await fetch(`${monitoring.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${monitoring.url}/livez`)).status).toBe(200);
  });
});

describe('a page of metrics that cannot show everything', () => {
  it('says so in one line, and status lists what and why', async () => {
    const monitoring = await start();
    const instruments = metricStore.scope({ name: 'clash' });
    const definition = { unit: '', description: '', attributes: [] };
    instruments
      .value({ ...definition, name: 'tile.size', kind: 'gauge' })
      .bind({ a: 1 })
      .set(1);
    instruments
      .histogram({ ...definition, name: 'tile_size', kind: 'histogram', boundaries: [1] })
      .bind()
      .record(1);
    const text = await page(monitoring, '/metrics');
    expect(text).toContain('tile_size{');
    expect(text).not.toContain('tile_size_bucket');
    expect(monitoring.status().metricsPage.problems).toEqual([
      { reason: 'type_conflict', metric: 'tile_size', series: 1, dropped: true },
    ]);
    expect(lines).toEqual([
      'otel-monitor: 1 series of tile_size are not on /metrics: type_conflict (status lists all)\n',
    ]);
  });
});

describe('settings are in force for monitors made before', () => {
  it('limits, redaction and switches', async () => {
    const early = createMonitor({ name: 'limited' });
    const monitoring = await start({
      limits: { seriesPerMetric: 2 },
      redaction: { extraKeys: ['tile'] },
      usage: { enabled: false },
    });
    for (let id = 0; id < 5; id += 1) early.operation('paint', { dimensions: { id, tile: id } }, () => {});
    early.trackFeature('export');
    const text = await page(monitoring, '/metrics');
    expect(text).toContain('otel_metric_overflow="true"');
    expect(text).toMatch(/monitor_series_overflow_total\{[^}]*monitor_metric_name="monitor.operation.duration"/);
    expect(text).toContain('tile="[redacted]"');
    expect(text).not.toContain('monitor_feature');
  });

  it('enabled: false records nothing and serves nothing', async () => {
    const monitoring = await start({ enabled: false });
    expect(monitoring.url).toBeUndefined();
    expect(monitoring.monitor.operation('a', () => 1)).toBe(1);
    monitoring.monitor.captureError(new Error('x'));
    monitoring.monitor.cache('c').hit();
    expect(monitoring.snapshot().operations).toEqual([]);
    expect(monitoring.status().enabled).toBe(false);
  });
});

describe('shutdown', () => {
  it('ends within its deadline whatever a pipeline does, and a second call waits for the first', async () => {
    const { config } = loadConfig({ code: { server: { port: 0 }, host: { enabled: false } }, env: {} });
    const hanging = {
      forceFlush: () => new Promise<void>(() => {}),
      shutdown: () => new Promise<void>(() => {}),
      status: () => ({}),
    };
    const monitoring = await attach(config, { pipelines: { traces: hanging } });
    const started = performance.now();
    await monitoring.flush({ timeoutMillis: 50 });
    await Promise.all([monitoring.shutdown({ timeoutMillis: 100 }), monitoring.shutdown()]);
    // of itself a shutdown waits for five seconds
    expect(performance.now() - started).toBeLessThan(4000);
    await expect(fetch(`${monitoring.url}/livez`)).rejects.toThrow();
  });
});
