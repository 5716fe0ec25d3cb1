import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { freePorts } from '../real-parts/free-ports.js';
import { type RunningShop, startShop } from './running-shop.js';
import { until } from './until.js';

const ORDERS = 10;
/** One backend of each file, all of them down at first: what they have in common is their queues. */
const overlays = [
  ...['jaeger', 'cloudwatch', 'vendor'],
  ...['grafana-cloud', 'honeycomb', 'datadog', 'new-relic', 'dynatrace', 'elastic'].map((name) => `vendors/${name}`),
].map((name) => `${name}.yaml`);

describe.skipIf(!collectorAvailable)('queues on disk of the overlays of backends, with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
  let collector: CollectorProcess | undefined;
  let shop: RunningShop | undefined;
  let sinks: OtlpSink[] = [];
  afterAll(async () => {
    await Promise.allSettled([shop?.end(), collector?.stop(), ...sinks.map((sink) => sink.close())]);
    rmSync(folder, { recursive: true });
  });

  it('a Collector that is killed has lost nothing: the next one sends all of it to every backend', async () => {
    const ports = await freePorts(overlays.length);
    const [jaeger, cloudwatch, vendor, grafana, honeycomb, datadog, newRelic, dynatrace, elastic] = ports.map(
      (port) => `http://127.0.0.1:${port}`,
    ) as string[];
    const env = {
      COLLECTOR_QUEUE_FOLDER: join(folder, 'queue'),
      COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
      COLLECTOR_HANDOVER: 'memory_limiter',
      JAEGER_OTLP_ENDPOINT: jaeger as string,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      CLOUDWATCH_LOG_GROUP: 'shop',
      CLOUDWATCH_METRICS_ENDPOINT: `${cloudwatch}/v1/metrics`,
      CLOUDWATCH_TRACES_ENDPOINT: `${cloudwatch}/v1/traces`,
      CLOUDWATCH_LOGS_ENDPOINT: `${cloudwatch}/v1/logs`,
      VENDOR_OTLP_ENDPOINT: vendor as string,
      GRAFANA_CLOUD_OTLP_ENDPOINT: grafana as string,
      GRAFANA_CLOUD_CREDENTIALS: 'example',
      HONEYCOMB_ENDPOINT: honeycomb as string,
      HONEYCOMB_API_KEY: 'example',
      DATADOG_OTLP_ENDPOINT: datadog as string,
      DD_API_KEY: 'example',
      NEW_RELIC_OTLP_ENDPOINT: newRelic as string,
      NEW_RELIC_LICENSE_KEY: 'example',
      DT_ENDPOINT: dynatrace as string,
      DT_API_TOKEN: 'example',
      ELASTIC_OTLP_ENDPOINT: elastic as string,
      ELASTIC_API_KEY: 'example',
    };
    const queued = { overlays: [...overlays, 'persistent-queue.yaml'], env };
    collector = await startCollector(queued);
    shop = await startShop({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl, OTEL_EXPORTER_OTLP_TIMEOUT: '60000' });
    const traces: string[] = [];
    for (let order = 0; order < ORDERS; order += 1) traces.push(await shop.order(String(order)));
    traces.push(await shop.failingOrder('failing'));
    const spans = String(2 * traces.length);
    await until('all spans and log records answered', async () => {
      const page = await (await fetch(`${shop?.url}/metrics`)).text();
      const delivered = (signal: string) =>
        new RegExp(`^otel_sdk_processor_${signal}_processed_total\\{.*\\} (\\d+)$`, 'm').exec(page)?.[1];
      return (delivered('span') === spans && delivered('log') === '1') || undefined;
    });
    await collector.kill();

    sinks = await Promise.all(ports.map((port) => startSink({ port })));
    collector = await startCollector({ ...queued, env: { ...env, ...collector.ports } });
    for (const [index, sink] of sinks.entries()) {
      const { spans: arrived, logs } = await until(`everything by ${overlays[index]}`, () => {
        const received = sink.received();
        const ids = new Set(received.spans.map(({ item }) => item.spanId));
        const hasLogs = received.logs.length > 0 || overlays[index] === 'jaeger.yaml';
        return ids.size >= Number(spans) && hasLogs ? received : undefined;
      });
      expect(new Set(arrived.map(({ item }) => item.traceId))).toEqual(new Set(traces));
      expect(new Set(logs.map(({ item }) => item.attributes['error.type']))).toEqual(
        new Set(overlays[index] === 'jaeger.yaml' ? [] : ['PaymentRefused']),
      );
    }
  });
});
