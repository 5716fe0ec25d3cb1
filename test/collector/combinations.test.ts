import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../../packages/http/test/self-signed.js';
import { combinations } from '../../scripts/collector-configs.mjs';
import type { Telemetry } from '../otlp/json-lines.js';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import {
  earlierPrometheusProgram,
  type PrometheusProcess,
  prometheusProgram,
  startPrometheus,
} from '../real-parts/prometheus.js';
import { type AwsEndpoint, startAwsEndpoint } from './aws-endpoint.js';
import { type RunningShop, startShop } from './running-shop.js';
import { until } from './until.js';

/** A program that a test has started listens for the end of this process, and here are more than ten. */
process.setMaxListeners(40);

const token = 'a-token';
const authorization = `Bearer ${token}`;

/** A combination while it runs, and the backends that are its own. */
interface Running {
  readonly overlays: readonly string[];
  readonly collector: CollectorProcess;
  readonly jaeger: OtlpSink;
  readonly vendor: OtlpSink;
  readonly aws: AwsEndpoint;
}

describe.skipIf(!collectorAvailable || prometheusProgram === undefined)(
  'every documented combination has the data of a program, with the Collector (needs Prometheus)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
    const file = (name: string, text: string) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };
    const certificate = file('tls.crt', selfSigned.cert);
    const key = file('tls.key', selfSigned.key);
    const running = new Map<string, Running>();
    const last: (() => unknown)[] = [];
    let shop: RunningShop;
    let prometheus: PrometheusProcess;
    let traceId: string;

    async function start(name: string, overlays: readonly string[], more: Readonly<Record<string, string>>) {
      const [jaeger, vendor, aws] = await Promise.all([startSink(), startSink(), startAwsEndpoint()]);
      last.push(jaeger.close, vendor.close, aws.close);
      const collector = await startCollector({
        overlays: overlays.map((overlay) => `${overlay}.yaml`),
        env: {
          JAEGER_OTLP_ENDPOINT: jaeger.url,
          VENDOR_OTLP_ENDPOINT: vendor.url,
          PROMETHEUS_REMOTE_WRITE_URL: `${prometheus.url}/api/v1/write`,
          ...aws.environment,
          COLLECTOR_TLS_CERT_FILE: certificate,
          COLLECTOR_TLS_KEY_FILE: key,
          COLLECTOR_TOKEN: token,
          COLLECTOR_SPAN_METRICS_INTERVAL: '500ms',
          COLLECTOR_SAMPLING_WAIT: '1s',
          ...(overlays.includes('persistent-queue') && {
            COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
            COLLECTOR_QUEUE_FOLDER: join(folder, `queue-of-${name}`),
          }),
          ...more,
        },
      });
      last.push(collector.kill);
      running.set(name, { overlays, collector, jaeger, vendor, aws });
      return collector;
    }

    beforeAll(async () => {
      const args = ['--web.enable-remote-write-receiver'];
      prometheus = await startPrometheus('', { program: earlierPrometheusProgram, args });
      last.push(prometheus.stop);
      const find = (name: string) => combinations.find((each) => each.name === name)?.overlays as readonly string[];
      const gateway = await start('gateways', find('gateways'), {});
      const gatewayPort = gateway.otlpGrpcEndpoint.split(':')[1];
      const others = combinations.filter(({ name }) => name !== 'gateways' && name !== 'scrape-to-vendor');
      const started = await Promise.all(
        others.map(({ name, overlays }) =>
          start(name, overlays, {
            COLLECTOR_GATEWAYS: `{static: {hostnames: ["localhost:${gatewayPort}"]}}`,
            COLLECTOR_GATEWAY_CA_FILE: certificate,
            COLLECTOR_GATEWAY_HEADERS: JSON.stringify({ authorization }),
          }),
        ),
      );
      // one program for all of them: what it sends is given to each
      const exporters = started.map((collector, index) => {
        const isSecure = others[index]?.overlays.includes('secure');
        const url = isSecure ? collector.otlpHttpUrl.replace('http://', 'https://') : collector.otlpHttpUrl;
        const secure = `tls: { ca_file: ${certificate} }, headers: { authorization: ${authorization} }, `;
        // one sender: Prometheus takes the points of a series in their order alone
        return `  otlp_http/${index}: { ${isSecure ? secure : ''}sending_queue: { num_consumers: 1 }, endpoint: "${url}" }`;
      });
      const all = `[${started.map((_, index) => `otlp_http/${index}`).join(', ')}]`;
      const pipelines = ['traces', 'metrics', 'logs'].map(
        (signal) => `    ${signal}/all: { receivers: [forward/export], exporters: ${all} }`,
      );
      const splitter = await startCollector({
        overlays: [],
        config: [
          file('all.yaml', `exporters:\n${exporters.join('\n')}\nservice:\n  pipelines:\n${pipelines.join('\n')}\n`),
        ],
      });
      last.push(splitter.kill);
      shop = await startShop({ OTEL_EXPORTER_OTLP_ENDPOINT: splitter.otlpHttpUrl });
      last.push(shop.end);
      await start('scrape-to-vendor', find('scrape-to-vendor'), {
        PROMETHEUS_SCRAPE_TARGETS: JSON.stringify([new URL(shop.url).host]),
        PROMETHEUS_SCRAPE_JOB: 'shop',
        PROMETHEUS_SCRAPE_INTERVAL: '500ms',
      });
      await shop.order('paid');
      traceId = await shop.failingOrder('refused');
    });
    afterAll(async () => {
      for (const end of last.reverse()) await end();
      rmSync(folder, { recursive: true });
    });

    const hasTrace = ({ spans }: Telemetry) => spans.filter(({ item }) => item.traceId === traceId).length === 2;
    const hasMetric = ({ metrics }: Telemetry, name: string) => metrics.some(({ item }) => item.name === name);
    const hasAll = (telemetry: Telemetry) =>
      hasTrace(telemetry) && hasMetric(telemetry, 'shop.parcels') && telemetry.logs.length === 1;

    /** The page of a Collector, with its token where it asks for one. */
    async function page({ overlays, collector }: Running): Promise<string> {
      if (!overlays.includes('secure')) return (await fetch(collector.prometheusUrl)).text();
      const url = collector.prometheusUrl.replace('http://', 'https://');
      const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
        request(url, { ca: selfSigned.cert, headers: { authorization } }, resolve).on('error', reject).end();
      });
      return (await buffer(response)).toString('utf8');
    }
    const written = async (name: string) => {
      const { result } = (await prometheus.query('query', { query: `${name}{job="shop"}` })) as { result: unknown[] };
      return result.length > 0;
    };

    /** What each overlay that sends something has to show; all others change what these get, and are seen there. */
    const arrived: Readonly<Record<string, (combination: Running) => boolean | Promise<boolean>>> = {
      files: ({ collector }) => hasAll(collector.readFile()),
      prometheus: async (combination) => /^shop_parcels_total\{.*job="shop".*\} 2$/m.test(await page(combination)),
      'prometheus-remote-write': () => written('shop_parcels_total'),
      'prometheus-scrape': ({ vendor }) => hasMetric(vendor.received(), 'shop_parcels_total'),
      jaeger: ({ jaeger }) => hasTrace(jaeger.received()),
      cloudwatch: ({ aws }) => hasAll(aws.received()) && aws.refused.length === 0,
      vendor: ({ vendor, overlays }) => overlays.includes('prometheus-scrape') || hasAll(vendor.received()),
      'span-metrics': async (combination) => {
        const { overlays, vendor, aws } = combination;
        const name = 'traces.span.metrics.calls';
        if (overlays.includes('vendor')) return hasMetric(vendor.received(), name);
        if (overlays.includes('cloudwatch')) return hasMetric(aws.received(), name);
        if (overlays.includes('prometheus'))
          return (await page(combination)).includes('traces_span_metrics_calls_total{');
        return written('traces_span_metrics_calls_total');
      },
      // by the agent's gateway
      agent: () => hasTrace(running.get('gateways')?.jaeger.received() as Telemetry),
    };

    it.each(combinations.map(({ name }) => name))('%s', async (name) => {
      const combination = running.get(name) as Running;
      const senders = combination.overlays.filter((overlay) => overlay in arrived);
      expect(senders.length).toBeGreaterThan(0);
      for (const overlay of senders) {
        await until(
          `the data of ${overlay} in ${name}`,
          async () => (await arrived[overlay]?.(combination)) || undefined,
        );
      }
      const errors = combination.collector
        .logs()
        .split('\n')
        .filter((line) => /\terror\t|panic/.test(line));
      expect(errors).toEqual([]);
    });
  },
);
