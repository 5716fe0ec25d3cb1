import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { freePorts } from '../real-parts/free-ports.js';
import { prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';
import { type AwsEndpoint, startAwsEndpoint } from './aws-endpoint.js';
import { type RunningShop, startShop } from './running-shop.js';
import { until } from './until.js';

const ORDERS = 20;
const SPANS = 2 * ORDERS;

/** What the backends' own settings would take minutes for; and a log that tells every line, not ten of a kind in 10 s. */
const quicker = `
service: { telemetry: { logs: { sampling: { enabled: false } } } }
exporters:
  otlp_http/honeycomb: { retry_on_failure: { max_interval: 1s } }
  prometheus_remote_write: { retry_on_failure: { max_interval: 1s } }
  otlp_http/jaeger: { retry_on_failure: { initial_interval: 100ms, max_interval: 200ms, max_elapsed_time: 1s } }
  otlp_http/elastic:
    sending_queue: { queue_size: 4000, batch: { flush_timeout: 100ms, min_size: 1, max_size: 10 } }
`;

describe.skipIf(!collectorAvailable)(
  'backends that are down or refuse, beside those that work, with the Collector',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
    let aws: AwsEndpoint;
    let vendor: OtlpSink;
    let working: OtlpSink;
    let late: { honeycomb: number; prometheus: number };
    let collector: CollectorProcess;
    let shop: RunningShop;
    const traces: string[] = [];

    beforeAll(async () => {
      const [nobody, honeycomb, prometheus] = (await freePorts(3)) as [number, number, number];
      late = { honeycomb, prometheus };
      [aws, vendor, working] = await Promise.all([startAwsEndpoint(), startSink({ answer: () => 401 }), startSink()]);
      const config = join(folder, 'quicker.yaml');
      writeFileSync(config, quicker);
      collector = await startCollector({
        overlays: [
          ...['files.yaml', 'jaeger.yaml', 'cloudwatch.yaml', 'vendor.yaml', 'prometheus-remote-write.yaml'],
          ...['vendors/honeycomb.yaml', 'vendors/elastic.yaml', 'vendors/new-relic.yaml'],
        ],
        config: [config],
        env: {
          JAEGER_OTLP_ENDPOINT: `http://127.0.0.1:${nobody}`,
          ...aws.environment,
          AWS_SECRET_ACCESS_KEY: 'a wrong one',
          VENDOR_OTLP_ENDPOINT: vendor.url,
          HONEYCOMB_ENDPOINT: `http://127.0.0.1:${honeycomb}`,
          HONEYCOMB_API_KEY: 'key',
          PROMETHEUS_REMOTE_WRITE_URL: `http://127.0.0.1:${prometheus}/api/v1/write`,
          ELASTIC_OTLP_ENDPOINT: `http://127.0.0.1:${nobody}`,
          ELASTIC_API_KEY: 'key',
          NEW_RELIC_OTLP_ENDPOINT: working.url,
          NEW_RELIC_LICENSE_KEY: 'key',
        },
      });
      shop = await startShop({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl });
      for (let order = 0; order < ORDERS; order += 1) {
        traces.push(await shop.order(String(order)));
        // one request after another, so that a queue can overrun
        await collector.readFileWhen(({ spans }) => spans.length === 2 * traces.length);
      }
      traces.push(await shop.failingOrder('failing'));
    });
    afterAll(async () => {
      // not stopped: it would wait for those that never answer
      await Promise.allSettled([shop?.end(), collector?.kill(), aws?.close(), vendor?.close(), working?.close()]);
      rmSync(folder, { recursive: true });
    });

    /** The errors that it has logged for an exporter. */
    const errorsOf = (exporter: string) =>
      collector
        .logs()
        .split('\n')
        .filter((line) => line.includes('\terror\t') && line.includes(`"otelcol.component.id": "${exporter}"`));
    const failed = (signal: string, exporter: string) =>
      collector.ownMetric(`otelcol_exporter_send_failed_${signal}`, new RegExp(`exporter="${exporter}"`));

    it.each([
      ['CloudWatch with a wrong secret', 'otlp_http/cloudwatch-traces', '403', 'spans'],
      ['CloudWatch with a wrong secret', 'otlp_http/cloudwatch-metrics', '403', 'metric_points'],
      ['CloudWatch with a wrong secret', 'otlp_http/cloudwatch-logs', '403', 'log_records'],
      ['a vendor that does not know the key', 'otlp_http/vendor', '401', 'spans'],
    ])('%s: %s says %s and counts the %s', async (_about, exporter, status, signal) => {
      const [line] = await until('the error in the log', () => {
        const errors = errorsOf(exporter);
        return errors.length > 0 ? errors : undefined;
      });
      expect(line).toContain('Exporting failed. Dropping data.');
      expect(line).toContain(`responded with HTTP Status Code ${status}`);
      expect(await until('the count', async () => (await failed(signal, exporter)) || undefined)).toBeGreaterThan(0);
    });

    it('AWS has refused for the signature alone', () => {
      expect([...new Set(aws.refused)]).toEqual(['InvalidSignatureException']);
      expect(aws.accepted).toEqual([]);
    });

    it('a backend that never answers: it is said when the Collector gives up, and what is lost is counted', async () => {
      const all = SPANS + 2;
      await until('all spans given up', async () => (await failed('spans', 'otlp_http/jaeger')) === all || undefined);
      expect(errorsOf('otlp_http/jaeger')[0]).toMatch(/Dropping data\..*no more retries left.*connection refused/);
      expect(collector.logs()).toContain('Exporting failed. Will retry the request after interval.');
    });

    it('a queue that is full: what does not fit is dropped for that exporter, said and counted', async () => {
      const rejected = await collector.ownMetric(
        'otelcol_exporter_enqueue_failed_spans',
        /exporter="otlp_http\/elastic"/,
      );
      expect(rejected).toBeGreaterThan(0);
      const spans = errorsOf('otlp_http/elastic').filter((line) => line.includes('"otelcol.signal": "traces"'));
      expect(spans.some((line) => /Rejecting data\..*sending queue is full/.test(line))).toBe(true);
    });

    it('all else goes on: whoever works has everything, once', async () => {
      const all = SPANS + 2;
      const inFiles = await collector.readFileWhen(({ spans, logs }) => spans.length >= all && logs.length > 0);
      await until('all spans at the vendor that works', () => working.received().spans.length >= all || undefined);
      for (const { spans, logs } of [inFiles, working.received()]) {
        expect(spans.length).toBe(all);
        expect(new Set(spans.map(({ item }) => item.traceId))).toEqual(new Set(traces));
        expect(logs.length).toBe(1);
      }
      expect((await fetch(collector.healthUrl)).status).toBe(200);
      // nobody asked the program to send again
      expect(await collector.ownMetric('otelcol_receiver_refused_spans')).toBe(0);
      const page = await (await fetch(`${shop.url}/metrics`)).text();
      expect(/^otel_sdk_processor_span_processed_total\{.*\} (\d+)$/m.exec(page)?.[1]).toBe(String(all));
    });

    it('a backend that was down at the start gets everything when it comes', async () => {
      const honeycomb = await startSink({ port: late.honeycomb });
      try {
        await until('all traces', () => {
          const ids = new Set(honeycomb.received().spans.map(({ item }) => item.traceId));
          return ids.size === traces.length || undefined;
        });
        expect(errorsOf('otlp_http/honeycomb')).toEqual([]);
      } finally {
        await honeycomb.close();
      }
    });

    it.skipIf(prometheusProgram === undefined)('so does a Prometheus by remote write (needs Prometheus)', async () => {
      const args = ['--web.enable-remote-write-receiver'];
      const prometheus = await startPrometheus('', { args, port: late.prometheus });
      const query = 'shop_parcels_total{job="shop"}';
      try {
        await until('the counter', async () => {
          const { result } = (await prometheus.query('query', { query })) as { result: { value: [number, string] }[] };
          return result[0]?.value[1] === String(2 * ORDERS) || undefined;
        });
      } finally {
        await prometheus.stop();
      }
    });
  },
);

describe.skipIf(!collectorAvailable)('a Collector whose environment is not right', () => {
  it.each([
    [
      'without a variable',
      {},
      'exporters::otlp_http/VENDOR_OTLP_ENDPOINT-is-not-set: at least one endpoint must be specified',
    ],
    ['with an address that is none', { VENDOR_OTLP_ENDPOINT: '127.0.0.1:4318' }, 'endpoint must be a valid URL'],
    [
      'with headers that are no map',
      { VENDOR_OTLP_ENDPOINT: 'http://127.0.0.1:9', VENDOR_OTLP_HEADERS: 'api-key=1' },
      'for "otlp_http/vendor": decoding failed due to the following error(s):\n\n\'headers\' source data must be an array or slice, got string',
    ],
  ])('%s does not start, and says why', async (_about, env, message) => {
    await expect(startCollector({ overlays: ['vendor.yaml'], env })).rejects.toThrow(message);
  });
});
