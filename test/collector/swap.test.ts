import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type JaegerProcess, jaegerProgram, startJaeger } from '../real-parts/jaeger.js';
import { type PrometheusProcess, prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';
import { type AwsEndpoint, startAwsEndpoint } from './aws-endpoint.js';
import { type RunningShop, startShop } from './running-shop.js';
import { until } from './until.js';

const ORDERS = 20;
const ORDERS_WHILE_AWAY = 10;
const SPANS_OF_AN_ORDER = 2;
const PARCELS_OF_AN_ORDER = 2;

describe.skipIf(!collectorAvailable || jaegerProgram === undefined || prometheusProgram === undefined)(
  'another backend by other flags of the Collector, under a program that runs on (needs Jaeger and Prometheus)',
  () => {
    let jaeger: JaegerProcess;
    let prometheus: PrometheusProcess;
    let aws: AwsEndpoint;
    let vendor: OtlpSink;
    let collector: CollectorProcess;
    let shop: RunningShop;
    const ids = { before: [] as string[], away: [] as string[], after: [] as string[] };

    async function work(when: keyof typeof ids, count: number) {
      for (let index = 0; index < count; index += 1) ids[when].push(await shop.order(`${when}-${index}`));
      // its payment is refused: an error, and a log record
      ids[when].push(await shop.failingOrder(`${when}-failing`));
    }
    const parcelsOf = (...orders: readonly number[]) =>
      String(orders.reduce((sum, count) => sum + count * PARCELS_OF_AN_ORDER, 0));

    beforeAll(async () => {
      [jaeger, aws, vendor] = await Promise.all([startJaeger(), startAwsEndpoint(), startSink()]);
      collector = await startCollector({
        overlays: ['files.yaml', 'prometheus.yaml', 'jaeger.yaml'],
        env: { JAEGER_OTLP_ENDPOINT: jaeger.otlpUrl },
      });
      prometheus = await startPrometheus(`
global: { scrape_interval: 500ms, scrape_timeout: 500ms }
scrape_configs:
  - job_name: collector
    honor_labels: true
    static_configs: [{ targets: ["${new URL(collector.prometheusUrl).host}"] }]
`);
      shop = await startShop({
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
        // on a busy machine a Collector takes its time to start: a batch that is given up meanwhile is not what is asked here
        OTEL_EXPORTER_OTLP_TIMEOUT: '60000',
      });
      await work('before', ORDERS);
    });
    afterAll(async () => {
      const parts = [prometheus?.stop(), jaeger?.stop(), aws?.close(), vendor?.close()];
      await Promise.allSettled([shop?.end(), collector?.stop(), ...parts]);
    });

    it('first Prometheus has the metrics, Jaeger the traces, and a file the log record', async () => {
      const total = parcelsOf(ORDERS);
      await until('all parcels in Prometheus', async () => {
        const query = 'shop_parcels_total{job="shop",instance="shop-1"}';
        const { result } = (await prometheus.query('query', { query })) as { result: { value: [number, string] }[] };
        return result[0]?.value[1] === total || undefined;
      });
      for (const id of ids.before) {
        const trace = await until(`the trace ${id} in Jaeger`, () => jaeger.trace(id));
        expect(trace.spans.map(({ operationName }) => operationName).sort()).toEqual(['order', 'pay']);
      }
      const { logs } = await collector.readFileWhen((telemetry) => telemetry.logs.length > 0);
      expect(logs.map(({ item }) => item.attributes['error.type'])).toEqual(['PaymentRefused']);
    });

    it('then CloudWatch and a vendor have all of what comes, and of what came while no Collector was there', async () => {
      const { pid } = shop;
      await collector.stop();
      await work('away', ORDERS_WHILE_AWAY);
      collector = await startCollector({
        overlays: ['cloudwatch.yaml', 'vendor.yaml'],
        env: {
          ...collector.ports,
          ...aws.environment,
          VENDOR_OTLP_ENDPOINT: vendor.url,
          VENDOR_OTLP_HEADERS: '{"api-key": "vendor"}',
        },
      });
      await work('after', ORDERS);
      expect(shop.pid).toBe(pid);

      const total = Number(parcelsOf(ORDERS, ORDERS_WHILE_AWAY, ORDERS));
      for (const [name, sink] of [
        ['CloudWatch', aws],
        ['the vendor', vendor],
      ] as const) {
        const expected = [...ids.away, ...ids.after].sort();
        await until(`everything at ${name}`, () => {
          const { spans, logs, metrics } = sink.received();
          const parcels = metrics.filter(({ item }) => item.name === 'shop.parcels').at(-1);
          const hasAll = new Set(spans.map(({ item }) => item.traceId)).size >= expected.length && logs.length >= 2;
          return (hasAll && parcels?.item.points[0]?.value === total) || undefined;
        });
        const { spans, logs } = sink.received();
        expect([...new Set(spans.map(({ item }) => item.traceId))].sort()).toEqual(expected);
        expect(new Set(spans.map(({ item }) => item.spanId)).size).toBe(expected.length * SPANS_OF_AN_ORDER);
        expect(logs.map(({ item }) => item.attributes['error.type'])).toEqual(['PaymentRefused', 'PaymentRefused']);
      }
      expect(aws.refused).toEqual([]);
    });

    it('nothing was lost, and the program counts the same', async () => {
      const page = await (await fetch(`${shop.url}/metrics`)).text();
      const orders = ids.before.length + ids.away.length + ids.after.length;
      expect(processed(page, 'span')).toEqual({ delivered: orders * SPANS_OF_AN_ORDER });
      expect(processed(page, 'log')).toEqual({ delivered: 3 });
    });
  },
);

/** `otel.sdk.processor.*.processed`: what was delivered, and what was lost by its reason. */
function processed(page: string, signal: 'span' | 'log'): Record<string, number> {
  const counts: Record<string, number> = {};
  const series = new RegExp(`^otel_sdk_processor_${signal}_processed\\w*\\{(.*)\\} (\\d+)`, 'gm');
  for (const [, labels = '', value] of page.matchAll(series)) {
    const reason = /error_type="([^"]*)"/.exec(labels)?.[1] ?? 'delivered';
    counts[reason] = (counts[reason] ?? 0) + Number(value);
  }
  return counts;
}
