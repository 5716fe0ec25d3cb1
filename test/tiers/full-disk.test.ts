import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startChild } from '../faults/child-messages.js';
import { spansProcessed } from '../faults/spans-processed.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { arrivalsWhen } from './arrived-spans.js';
import { type SmallDisk, smallDisk } from './small-disk.js';
import { toSink } from './tiers.js';
import { newSpanId, newTraceId, traceRequest } from './trace-request.js';
import { until } from './until.js';

const MEGABYTES = 6;
const SPANS_A_REQUEST = 20;
const SPAN_BYTES = 5000;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly ids: readonly string[];
}

describe.skipIf(!collectorAvailable)('a queue whose disk is full, with the Collector', () => {
  let disk: SmallDisk;
  let sink: OtlpSink;
  let collector: CollectorProcess;
  let isAway = true;
  const answers: Answer[] = [];

  const send = async (): Promise<Answer> => {
    const traceId = newTraceId();
    const spans = Array.from({ length: SPANS_A_REQUEST }, () => ({
      traceId,
      spanId: newSpanId(),
      attributes: { text: 'x'.repeat(SPAN_BYTES) },
    }));
    const response = await post('traces', traceRequest('big', spans));
    const answer = { status: response.status, text: await response.text(), ids: spans.map(({ spanId }) => spanId) };
    answers.push(answer);
    return answer;
  };
  const post = (signal: string, body: string) =>
    fetch(`${collector.otlpHttpUrl}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  const idsOf = (isAccepted: boolean) =>
    answers.filter(({ status }) => (status === 200) === isAccepted).flatMap(({ ids }) => ids);

  beforeAll(async () => {
    disk = smallDisk(MEGABYTES, String(process.env.OTELCOL));
    vi.stubEnv('OTELCOL', disk.command);
    sink = await startSink({ answer: ({ path }) => (isAway && path === '/v1/traces' ? 503 : 200) });
    collector = await startCollector({
      overlays: ['persistent-queue.yaml', 'files.yaml'],
      config: [toSink],
      env: {
        SINK_URL: sink.url,
        SINK_CONSUMERS: '1',
        COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
        COLLECTOR_QUEUE_FOLDER: join(disk.folder, 'queue'),
      },
    });
    for (let request = 0; request < 200 && (await send()).status === 200; request += 1);
  });
  afterAll(async () => {
    await collector?.kill();
    await sink?.close();
    disk?.remove();
    vi.unstubAllEnvs();
  });

  it('the folder is for its owner alone', () => {
    expect(statSync(join(disk.folder, 'queue')).mode & 0o777).toBe(0o700);
  });

  it('takes what fits, and tells the sender to try again with what does not', async () => {
    expect(answers.length).toBeGreaterThan(5);
    expect(answers.at(-1)).toMatchObject({ status: 503, text: expect.stringContaining(disk.fullMessage) });
    expect(await collector.ownMetric('otelcol_exporter_enqueue_failed_spans')).toBe(SPANS_A_REQUEST);
    expect(await collector.ownMetric('otelcol_receiver_refused_spans')).toBe(SPANS_A_REQUEST);
  });

  it('says which exporter and why', () => {
    const line = collector
      .logs()
      .split('\n')
      .find((line) => line.includes(disk.fullMessage));
    expect(line).toContain('otlp_http/sink');
    expect(line).toContain('"otelcol.signal": "traces"');
  });

  it('an application is told, and counts what it had to give up', async () => {
    const application = startChild('steady-operations.mjs', {
      env: {
        SINK: collector.otlpHttpUrl,
        PER_SECOND: '200',
        DETAIL_BYTES: '5000',
        OTEL_BSP_SCHEDULE_DELAY: '200',
        OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
      },
    });
    try {
      const { metricsUrl } = await application.message('working');
      await until(application.stderr, (said) => said.includes('could not be sent'), 60_000);
      const { operations } = await application.ask('stop');
      const { delivered, lost } = await spansProcessed(String(metricsUrl));
      const givenUp = Object.values(lost).reduce((sum, count) => sum + count, 0);
      expect(givenUp).toBeGreaterThan(0);
      expect(delivered + givenUp).toBe(operations);
      await application.ask('end');
      expect(application.stderr()).toMatch(/^otel-monitor: traces could not be sent to http:\S+: .*503/);
    } finally {
      application.kill();
    }
  });

  it('other pipelines go on: spans to the file, metrics and logs to the same backend', async () => {
    const now = `${Date.now()}000000`;
    const log = {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: now, body: { stringValue: 'on' } }] }] }],
    };
    const gauge = { dataPoints: [{ timeUnixNano: now, asInt: '1' }] };
    const metric = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'temperature', gauge }] }] }] };
    expect((await post('logs', JSON.stringify(log))).status).toBe(200);
    expect((await post('metrics', JSON.stringify(metric))).status).toBe(200);
    await until(
      () => sink.received(),
      ({ logs, metrics }) => logs.length > 0 && metrics.length > 0,
      60_000,
    );
    expect(sink.received().logs.map(({ item }) => item.body)).toEqual(['on']);
    expect(sink.received().metrics.map(({ item }) => item.name)).toEqual(['temperature']);
    const refused = idsOf(false);
    await collector.readFileWhen(({ spans }) => refused.every((id) => spans.some(({ item }) => item.spanId === id)));
  });

  it('when the backend is back, all that was accepted arrives, and more is taken', async () => {
    isAway = false;
    const accepted = idsOf(true);
    const arrived = await arrivalsWhen(sink, accepted.length, 60_000);
    expect(accepted.filter((id) => !arrived.has(id))).toEqual([]);
    expect(await send()).toMatchObject({ status: 200 });
  });
});
