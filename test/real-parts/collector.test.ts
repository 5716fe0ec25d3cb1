import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CollectorProcess, collectorAvailable, startCollector } from './collector.js';

// Name and instance: without both the Prometheus exporter writes no target_info.
const resource = {
  attributes: [
    { key: 'service.name', value: { stringValue: 'spritepal' } },
    { key: 'service.instance.id', value: { stringValue: 'one' } },
    { key: 'service.version', value: { stringValue: '1.4.0' } },
  ],
};
const scope = { name: 'test', version: '1' };
const attributes = [
  { key: 'text', value: { stringValue: 'a' } },
  { key: 'number', value: { intValue: '7' } },
  { key: 'list', value: { arrayValue: { values: [{ doubleValue: 0.5 }, { boolValue: true }] } } },
];
const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const start = '1795478400000000000';
const end = '1795478401000000000';

/** A metric's time must be recent, else the Prometheus exporter takes it for expired. */
const now = () => `${Date.now()}000000`;

const span = {
  ...ids,
  name: 'extract',
  kind: 1,
  startTimeUnixNano: start,
  endTimeUnixNano: end,
  attributes,
  status: { code: 2 },
};
const spanRequest = { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span] }] }] };

const record = {
  ...ids,
  timeUnixNano: start,
  severityNumber: 17,
  body: { stringValue: 'tile 12 out of range' },
  attributes,
};
const logRequest = { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: [record] }] }] };

const post = (base: string, signal: string, body: object) =>
  fetch(`${base}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const sum = (value: string) => ({
  resourceMetrics: [
    {
      resource,
      scopeMetrics: [
        {
          scope,
          metrics: [
            {
              name: 'monitor.errors',
              unit: '{error}',
              description: 'Errors',
              sum: {
                isMonotonic: true,
                aggregationTemporality: 2,
                dataPoints: [
                  {
                    asInt: value,
                    startTimeUnixNano: start,
                    timeUnixNano: now(),
                    attributes: [{ key: 'error.type', value: { stringValue: 'TypeError' } }],
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  ],
});

describe.skipIf(!collectorAvailable)('a process of the Collector', () => {
  let collector: CollectorProcess;
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));

  beforeAll(async () => {
    vi.stubEnv('TMPDIR', folder);
    collector = await startCollector();
  });
  afterAll(async () => {
    await collector?.stop();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('writes a span to the file with its resource and scope', async () => {
    expect((await post(collector.otlpHttpUrl, 'traces', spanRequest)).status).toBe(200);
    const { spans } = await collector.readFileWhen((telemetry) => telemetry.spans.length > 0);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      resource: { 'service.name': 'spritepal', 'service.instance.id': 'one', 'service.version': '1.4.0' },
      scope: { name: 'test', version: '1', attributes: {} },
      item: {
        ...span,
        attributes: { text: 'a', number: 7, list: [0.5, true] },
        events: [],
        links: [],
        status: { code: 2 },
      },
    });
  });

  it('writes a metric to the file and shows it on the Prometheus page', async () => {
    expect((await post(collector.otlpHttpUrl, 'metrics', sum('3'))).status).toBe(200);
    const { metrics } = await collector.readFileWhen((telemetry) => telemetry.metrics.length > 0);
    expect(metrics).toHaveLength(1);
    expect(metrics[0]?.item).toMatchObject({
      name: 'monitor.errors',
      description: 'Errors',
      unit: '{error}',
      kind: 'sum',
      isMonotonic: true,
      aggregationTemporality: 2,
      points: [{ attributes: { 'error.type': 'TypeError' }, value: 3 }],
    });
    const page = await (await fetch(collector.prometheusUrl)).text();
    expect(page).toMatch(/^# TYPE monitor_errors_total counter$/m);
    const sample = page.split('\n').find((line) => line.startsWith('monitor_errors_total{'));
    expect(sample).toContain('error_type="TypeError"');
    expect(sample).toContain('otel_scope_name="test"');
    expect(sample).not.toContain('service_name');
    expect(sample).toMatch(/ 3$/);
    expect(page).toMatch(/^target_info\{instance="one",job="spritepal",service_version="1\.4\.0"\} 1$/m);
  });

  it('writes a log record to the file', async () => {
    expect((await post(collector.otlpHttpUrl, 'logs', logRequest)).status).toBe(200);
    const { logs } = await collector.readFileWhen((telemetry) => telemetry.logs.length > 0);
    expect(logs).toHaveLength(1);
    expect(logs[0]?.item).toMatchObject({
      ...ids,
      severityNumber: 17,
      body: 'tile 12 out of range',
      attributes: { text: 'a', number: 7, list: [0.5, true] },
    });
  });

  it('can run twice at the same time, on chosen ports too, and leaves no process and no folder', async () => {
    const second = await startCollector();
    const ports = { COLLECTOR_OTLP_HTTP_PORT: new URL(second.otlpHttpUrl).port };
    expect(second.otlpHttpUrl).not.toBe(collector.otlpHttpUrl);
    // Stopped at once, while all three are still in their batches: nothing is lost.
    await Promise.all([
      post(second.otlpHttpUrl, 'traces', spanRequest),
      post(second.otlpHttpUrl, 'metrics', sum('1')),
      post(second.otlpHttpUrl, 'logs', logRequest),
    ]);
    await second.stop();
    const { spans, metrics, logs } = second.readFile();
    expect([spans.length, metrics.length, logs.length]).toEqual([1, 1, 1]);
    expect(second.logs()).toContain('Shutdown complete');
    expect(() => process.kill(second.pid, 0)).toThrow('ESRCH');

    const third = await startCollector({ env: ports });
    expect(third.otlpHttpUrl).toBe(second.otlpHttpUrl);
    expect(third.readFile().metrics).toEqual([]);
    await third.stop();
    await collector.stop();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells why it did not start', async () => {
    const missing = '/nowhere/overlay.yaml';
    expect(existsSync(missing)).toBe(false);
    await expect(startCollector({ config: [missing] })).rejects.toThrow(/otelcol\S* ended with 1:.*overlay\.yaml/s);
  });
});
