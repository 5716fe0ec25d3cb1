import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOtlpJsonLines, type Scoped, type Telemetry } from '../otlp/json-lines.js';
import { readOtlpProtobuf } from '../otlp/protobuf.js';
import { type OtlpSink, type SinkRequest, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type JaegerProcess, jaegerProgram, startJaeger } from '../real-parts/jaeger.js';
import { type AwsEndpoint, exampleAccount, startAwsEndpoint } from './aws-endpoint.js';
import { type RunningShop, startShop } from './running-shop.js';
import { until } from './until.js';

const DELTA = 1;
const CUMULATIVE = 2;

/** What each endpoint asks for: the header that it knows its customers by, and the temporality that it understands. */
interface Vendor {
  readonly overlay: string;
  readonly environment: (url: string) => Record<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  /** Further headers, on metrics alone. */
  readonly metricHeaders?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly temporality: number;
}
const vendors: readonly Vendor[] = [
  {
    overlay: 'vendor.yaml',
    // a $ begins another variable, so it is written twice
    environment: (url) => ({
      VENDOR_OTLP_ENDPOINT: url,
      VENDOR_OTLP_HEADERS: '{"api-key": "a$$b: #c", "x-team": "7"}',
    }),
    headers: { 'api-key': 'a$b: #c', 'x-team': '7' },
    temporality: CUMULATIVE,
  },
  {
    overlay: 'vendors/grafana-cloud.yaml',
    environment: (url) => ({
      GRAFANA_CLOUD_OTLP_ENDPOINT: `${url}/otlp`,
      GRAFANA_CLOUD_CREDENTIALS: Buffer.from('123456:glc_token').toString('base64'),
    }),
    headers: { authorization: `Basic ${Buffer.from('123456:glc_token').toString('base64')}` },
    path: '/otlp',
    temporality: CUMULATIVE,
  },
  {
    overlay: 'vendors/honeycomb.yaml',
    environment: (url) => ({ HONEYCOMB_ENDPOINT: url, HONEYCOMB_API_KEY: 'hcaik_1' }),
    headers: { 'x-honeycomb-team': 'hcaik_1' },
    metricHeaders: { 'x-honeycomb-dataset': 'metrics' },
    temporality: CUMULATIVE,
  },
  {
    overlay: 'vendors/datadog.yaml',
    environment: (url) => ({ DATADOG_OTLP_ENDPOINT: url, DD_API_KEY: 'dd1' }),
    headers: { 'dd-api-key': 'dd1' },
    temporality: DELTA,
  },
  {
    overlay: 'vendors/new-relic.yaml',
    environment: (url) => ({ NEW_RELIC_OTLP_ENDPOINT: url, NEW_RELIC_LICENSE_KEY: 'nr1' }),
    headers: { 'api-key': 'nr1' },
    temporality: DELTA,
  },
  {
    overlay: 'vendors/dynatrace.yaml',
    environment: (url) => ({ DT_ENDPOINT: `${url}/api/v2/otlp`, DT_API_TOKEN: 'dt0c01.X' }),
    headers: { authorization: 'Api-Token dt0c01.X' },
    path: '/api/v2/otlp',
    temporality: DELTA,
  },
  {
    overlay: 'vendors/elastic.yaml',
    environment: (url) => ({ ELASTIC_OTLP_ENDPOINT: url, ELASTIC_API_KEY: 'e1' }),
    headers: { authorization: 'ApiKey e1' },
    temporality: CUMULATIVE,
  },
];

/** An endpoint that refuses what the vendor would: another path, a missing key, totals where it takes deltas alone. */
function startVendor({ headers, metricHeaders = {}, path = '', temporality }: Vendor): Promise<OtlpSink> {
  return startSink({
    answer: (request: SinkRequest) => {
      const signal = request.path.slice(path.length);
      if (!request.path.startsWith(path) || !/^\/v1\/(traces|metrics|logs)$/.test(signal)) return 404;
      const wanted = signal === '/v1/metrics' ? { ...headers, ...metricHeaders } : headers;
      if (!Object.entries(wanted).every(([name, value]) => request.headers[name] === value)) return 401;
      if (temporality === DELTA && signal === '/v1/metrics' && hasTotals(request.body)) return 400;
      return 200;
    },
  });
}

/** Counters or histograms that are cumulative. */
function hasTotals(gzipped: Buffer): boolean {
  const { metrics } = parseOtlpJsonLines(JSON.stringify(readOtlpProtobuf('metrics', gunzipSync(gzipped))));
  const growing = metrics.filter(({ item }) => item.isMonotonic === true || item.kind.endsWith('istogram'));
  return growing.some(({ item }) => item.aggregationTemporality !== DELTA);
}

/** Spans of the orders, by name, without what differs from run to run. */
const spansOf = (telemetry: Telemetry, traceId: string) =>
  telemetry.spans
    .filter(({ item }) => item.traceId === traceId)
    .map(({ item, scope, resource }) => ({
      name: item.name,
      scope: scope.name,
      service: `${resource['service.name']} ${resource['service.version']} ${resource['service.instance.id']}`,
      error: item.attributes['error.type'],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const service = 'shop 2.1.0 shop-1';
const paid = [
  { name: 'order', scope: 'shop', service, error: undefined },
  { name: 'pay', scope: 'shop', service, error: undefined },
];
const refused = paid.map((span) => ({ ...span, error: 'PaymentRefused' }));

const metricsOf = (telemetry: Telemetry, name: string) => telemetry.metrics.filter(({ item }) => item.name === name);
const lastOf = <Item>(all: readonly Scoped<Item>[]) => all.at(-1);

/** What a counter says in the end: the last total, or all the deltas. */
function counted(telemetry: Telemetry, name: string, temporality: number): number {
  const values = metricsOf(telemetry, name).flatMap(({ item }) =>
    item.points.map((point) => point.value ?? point.count ?? 0),
  );
  return temporality === DELTA ? values.reduce((sum, value) => sum + value, 0) : (values.at(-1) ?? 0);
}

describe.skipIf(!collectorAvailable || jaegerProgram === undefined)(
  'one program and every backend at once, with the Collector and Jaeger (needs Jaeger)',
  () => {
    let jaeger: JaegerProcess;
    let aws: AwsEndpoint;
    let sinks: OtlpSink[];
    let collector: CollectorProcess;
    let shop: RunningShop;
    let first: string;
    let second: string;

    beforeAll(async () => {
      [jaeger, aws, sinks] = await Promise.all([
        startJaeger(),
        startAwsEndpoint({ ...exampleAccount, sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE//////////' }),
        Promise.all(vendors.map(startVendor)),
      ]);
      collector = await startCollector({
        overlays: ['files.yaml', 'jaeger.yaml', 'cloudwatch.yaml', ...vendors.map(({ overlay }) => overlay)],
        env: {
          JAEGER_OTLP_ENDPOINT: jaeger.otlpUrl,
          ...aws.environment,
          ...Object.assign({}, ...vendors.map(({ environment }, index) => environment(sinks[index]?.url as string))),
        },
      });
      shop = await startShop({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl });
      first = await shop.order('one');
      second = await shop.failingOrder('two');
      await collector.readFileWhen(({ metrics, logs }) => metrics.length > 0 && logs.length > 0);
      await shop.end();
      await collector.readFileWhen((telemetry) => counted(telemetry, 'shop.parcels', CUMULATIVE) === 2);
      // what waits for its batch leaves
      await collector.stop();
    });
    afterAll(async () => {
      await Promise.allSettled([
        collector?.stop(),
        jaeger?.stop(),
        aws?.close(),
        ...(sinks ?? []).map((sink) => sink.close()),
      ]);
    });

    it('Jaeger has both traces, whole', async () => {
      const traces = await Promise.all([first, second].map((id) => until(id, () => jaeger.trace(id))));
      const names = traces.map(({ spans, processes }) => [
        spans.map(({ operationName }) => operationName).sort(),
        Object.values(processes).map(({ serviceName }) => serviceName),
      ]);
      expect(names).toEqual([
        [['order', 'pay'], ['shop']],
        [['order', 'pay'], ['shop']],
      ]);
    });

    it('CloudWatch gets all three signals, each request signed for its service, with the session token', () => {
      expect(aws.refused).toEqual([]);
      expect([...new Set(aws.accepted.map((request) => request.service))].sort()).toEqual([
        'logs',
        'monitoring',
        'xray',
      ]);
      expect(new Set(aws.paths)).toEqual(new Set(['/v1/traces', '/v1/metrics', '/v1/logs']));
      expectEverything(aws.received(), CUMULATIVE);
    });

    it.each(vendors.map((vendor, index) => [vendor.overlay, vendor, index] as const))(
      '%s gets all three signals with its headers and temporality',
      (_overlay, vendor, index) => {
        const sink = sinks[index] as OtlpSink;
        expect(sink.paths.length).toBeGreaterThanOrEqual(3);
        expect(sink.headers.map((headers) => headers['content-encoding'])).toEqual(sink.paths.map(() => 'gzip'));
        expectEverything(sink.received(), vendor.temporality);
      },
    );

    it('nothing failed on the way', () => {
      expect(collector.logs()).not.toMatch(/Dropping data|panic|\terror\t/);
    });

    function expectEverything(telemetry: Telemetry, temporality: number) {
      expect(spansOf(telemetry, first)).toEqual(paid);
      expect(spansOf(telemetry, second)).toEqual(refused);

      const records = telemetry.logs.filter(({ item }) => item.attributes['error.type'] === 'PaymentRefused');
      expect(
        records.map(({ item, resource }) => [item.severityNumber, item.eventName, resource['service.name']]),
      ).toEqual([[13, 'exception', 'shop']]);

      const duration = lastOf(metricsOf(telemetry, 'monitor.operation.duration'));
      expect(duration?.resource).toMatchObject({ 'service.name': 'shop', 'service.instance.id': 'shop-1' });
      expect(duration?.item).toMatchObject({ unit: 's', kind: 'histogram', aggregationTemporality: temporality });
      expect(duration?.item.points[0]?.explicitBounds).toEqual([
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
      ]);
      const parcels = lastOf(metricsOf(telemetry, 'shop.parcels'));
      expect(parcels?.scope).toMatchObject({ name: 'shop', version: '2.1.0' });
      expect(parcels?.item).toMatchObject({
        unit: '{parcel}',
        kind: 'sum',
        isMonotonic: true,
        aggregationTemporality: temporality,
      });
      expect(parcels?.item.points[0]?.attributes).toEqual({ carrier: 'post' });
      expect(counted(telemetry, 'shop.parcels', temporality)).toBe(2);
      // what goes up and down is a level, and stays one
      const active = lastOf(metricsOf(telemetry, 'monitor.operation.active'));
      expect(active?.item).toMatchObject({ kind: 'sum', aggregationTemporality: CUMULATIVE });
      expect(active?.item.isMonotonic ?? false).toBe(false);
    }
  },
);
