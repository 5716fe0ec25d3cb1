import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { freePort } from '../real-parts/free-ports.js';
import {
  type PrometheusProcess,
  prometheusProgram,
  prometheusVersions,
  startPrometheus,
} from '../real-parts/prometheus.js';
import { type RunningShop, startShop } from './running-shop.js';
import { until } from './until.js';

type Labels = Readonly<Record<string, string>>;

/** The page says 1.0 in OpenMetrics and 1 in text, remote write says 1: Prometheus 2 keeps what it is told. */
const boundary = (le: string) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le));

/** The ways of a metric into Prometheus; the label `via` of what was scraped, remote write adds none. */
const WAYS = ['direct', 'page', 'scraped', ''] as const;

describe.skipIf(!collectorAvailable || prometheusProgram === undefined)(
  'metrics in Prometheus by every way, with the Collector and a real Prometheus (needs Prometheus)',
  () => {
    let shop: RunningShop;
    let pushed: CollectorProcess;
    let scraping: CollectorProcess;
    let prometheus: PrometheusProcess;
    let native: PrometheusProcess | undefined;
    let failed: string;
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
    const tokenFile = join(folder, 'viewer-token');
    const token = 'a-token-of-viewers-0123456789';

    const results = async (query: string, of = prometheus) => {
      const { result } = (await of.query('query', { query })) as {
        result: { metric: Labels; value: [number, string] }[];
      };
      return result;
    };

    beforeAll(async () => {
      const port = await freePort();
      const takesOtlp = prometheusVersions.shipped.program;
      if (takesOtlp !== undefined) {
        native = await startPrometheus('', { program: takesOtlp, args: ['--web.enable-otlp-receiver'] });
      }
      pushed = await startCollector({
        overlays: [
          ...['files.yaml', 'prometheus.yaml', 'prometheus-remote-write.yaml', 'span-metrics.yaml'],
          ...(native === undefined ? [] : ['prometheus-otlp.yaml']),
        ],
        env: {
          PROMETHEUS_REMOTE_WRITE_URL: `http://127.0.0.1:${port}/api/v1/write`,
          PROMETHEUS_OTLP_ENDPOINT: `${native?.url}/api/v1/otlp`,
          COLLECTOR_SPAN_METRICS_INTERVAL: '300ms',
        },
      });
      writeFileSync(tokenFile, `${token}\n`);
      shop = await startShop({ OTEL_EXPORTER_OTLP_ENDPOINT: pushed.otlpHttpUrl, OTEL_MONITOR_TOKEN_VIEWER: token });
      expect((await fetch(`${shop.url}/metrics`)).status).toBe(401);
      scraping = await startCollector({
        overlays: ['files.yaml', 'prometheus.yaml', 'prometheus-scrape.yaml'],
        env: {
          PROMETHEUS_SCRAPE_TARGETS: JSON.stringify([new URL(shop.url).host]),
          PROMETHEUS_SCRAPE_JOB: 'shop',
          PROMETHEUS_SCRAPE_INSTANCE: 'shop-1',
          PROMETHEUS_SCRAPE_AUTHORIZATION: `{ credentials_file: ${tokenFile} }`,
          PROMETHEUS_SCRAPE_INTERVAL: '500ms',
        },
      });
      const job = (via: string, url: string, more: string) =>
        `  - job_name: ${via}\n    static_configs: [{ targets: ["${new URL(url).host}"], labels: { via: ${via}${more} } }]\n`;
      prometheus = await startPrometheus(
        [
          'global: { scrape_interval: 500ms, scrape_timeout: 500ms }\nscrape_configs:\n',
          job('direct', shop.url, ', job: shop, instance: shop-1'),
          `    authorization: { credentials: ${token} }\n`,
          job('page', pushed.prometheusUrl, ''),
          '    honor_labels: true\n',
          job('scraped', scraping.prometheusUrl, ''),
          '    honor_labels: true\n',
        ].join(''),
        { args: ['--web.enable-remote-write-receiver'], port },
      );
      await shop.order('one');
      failed = await shop.failingOrder('two');
      const query =
        'monitor_operation_duration_seconds_count{monitor_operation_name="pay",error_type="PaymentRefused"}';
      await until('the operations by all four ways', async () => {
        const found = await results(query);
        return found.length === WAYS.length ? found : undefined;
      });
    });
    afterAll(async () => {
      await Promise.allSettled([shop?.end(), native?.stop(), prometheus?.stop(), pushed?.stop(), scraping?.stop()]);
      rmSync(folder, { recursive: true });
    });

    /** Series of the shop that came by one way: names and labels as text, sorted. */
    async function series(via: string, names = '.+', of = prometheus): Promise<string[]> {
      const found = await results(`{__name__=~"${names}",job="shop",via="${via}"}`, of);
      return found
        .map(({ metric: { via: _via, server_address, server_port, url_scheme, le, ...labels } }) =>
          JSON.stringify(Object.entries({ ...labels, ...(le !== undefined && { le: String(boundary(le)) }) }).sort()),
        )
        .sort();
    }
    const ownOnly = '(monitor|shop|process|system|nodejs|v8js|otel|target)_.+';

    it('the page of the Collector and remote write have the same series as the program’s own page', async () => {
      const [direct, page, written] = await until('the same series by three ways', async () => {
        const all = await Promise.all(['direct', 'page', ''].map((via) => series(via, ownOnly)));
        return all.every((each) => each.length === all[0]?.length)
          ? (all as [string[], string[], string[]])
          : undefined;
      });
      expect(direct.length).toBeGreaterThan(100);
      expect(page).toEqual(direct);
      expect(written).toEqual(direct);
    });

    const has3 = prometheusVersions.shipped.program !== undefined;

    it.skipIf(!has3)('OTLP into Prometheus itself brings the same series, too (needs Prometheus 3.5.1)', async () => {
      const [direct, taken] = await until('the same series by OTLP', async () => {
        const all = [await series('direct', ownOnly), await series('', ownOnly, native)] as const;
        return all[0].length === all[1].length ? all : undefined;
      });
      expect(taken).toEqual(direct);
      const parcels = await results('shop_parcels_total', native);
      expect(parcels.map(({ value }) => value[1])).toEqual(['2']);
      const calls = 'sum(traces_span_metrics_calls_total{span_name="pay"})';
      await until('the metrics of spans', async () => (await results(`${calls} == 2`, native))[0]);
      expect(pushed.logs()).not.toContain('otlp_http/prometheus');
    });

    it.skipIf(!has3)(
      'a whole boundary is 1.0 where it is scraped, 1 where it is pushed (needs Prometheus 3.5.1)',
      async () => {
        const spelled = async (of: PrometheusProcess) => {
          const found = await results('monitor_operation_duration_seconds_bucket{le=~"1|1[.]0"}', of);
          return [...new Set(found.map(({ metric: { via = '', le } }) => `${via} ${le}`))].sort();
        };
        expect(await spelled(prometheus)).toEqual([' 1', 'direct 1.0', 'page 1.0', 'scraped 1.0']);
        expect(await spelled(native!)).toEqual([' 1']);
      },
    );

    it.skipIf(!has3)(
      'and a program alone can push it there; scopes are forgotten then (needs Prometheus 3.5.1)',
      async () => {
        const alone = await startShop({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${native!.url}/api/v1/otlp/v1/metrics` });
        try {
          await alone.order('of its own');
          const found = await until('its counter', async () => {
            const all = await results('shop_parcels_total{otel_scope_name=""}', native);
            return all.length > 0 ? all : undefined;
          });
          const labels = { __name__: 'shop_parcels_total', job: 'shop', instance: 'shop-1', carrier: 'post' };
          expect(found.map(({ metric, value }) => [metric, value[1]])).toEqual([[labels, '2']]);
        } finally {
          await alone.end();
        }
      },
    );

    it('a program that the Collector scrapes has the same series, too', async () => {
      const [direct, scraped] = await until('the same series through the Collector that scrapes', async () => {
        const all = [await series('direct', ownOnly), await series('scraped', ownOnly)] as const;
        return all[0].length === all[1].length ? all : undefined;
      });
      expect(scraped).toEqual(direct);
      // the scraping Collector adds where it found it, to the resource alone
      const [info] = await results('target_info{via="scraped"}');
      expect(info?.metric).toMatchObject({ server_address: 'shop-1', url_scheme: 'http' });
    });

    it('and passes it on as OTLP with the types, scopes and the service that the page tells', async () => {
      const { metrics } = scraping.readFile();
      const last = (name: string) =>
        metrics.filter(({ item, resource }) => item.name === name && 'service_version' in resource).at(-1);
      const [parcels, active, duration] = [
        'shop_parcels_total',
        'monitor_operation_active',
        'monitor_operation_duration_seconds',
      ].map(last);
      expect(parcels?.resource).toMatchObject({
        'service.name': 'shop',
        'service.instance.id': 'shop-1',
        service_version: '2.1.0',
      });
      expect(parcels?.scope).toMatchObject({ name: 'shop', version: '2.1.0' });
      expect(parcels?.item).toMatchObject({ kind: 'sum', isMonotonic: true, aggregationTemporality: 2 });
      expect(parcels?.item.points).toMatchObject([{ attributes: { carrier: 'post' }, value: 2 }]);
      expect(active?.item.kind).toBe('gauge');
      expect(duration?.item).toMatchObject({ kind: 'histogram', unit: 's' });
    });

    it('target_info has the resource, and no series has', async () => {
      for (const via of WAYS) {
        const [info, ...more] = await results(`target_info{job="shop",via="${via}"}`);
        expect(more).toEqual([]);
        expect(info?.metric).toMatchObject({
          instance: 'shop-1',
          service_version: '2.1.0',
          telemetry_distro_name: 'otel-monitor',
        });
      }
      expect(await results('{__name__!="target_info",service_version!=""}')).toEqual([]);
    });

    it('a counter has its scope, unit and value by every way', async () => {
      const found = await results('shop_parcels_total');
      const labels = {
        job: 'shop',
        instance: 'shop-1',
        carrier: 'post',
        otel_scope_name: 'shop',
        otel_scope_version: '2.1.0',
      };
      const byWay = Object.fromEntries(
        found.map(({ metric: { via = '', ...metric }, value }) => [via, [metric, value[1]]]),
      );
      const expected = [{ __name__: 'shop_parcels_total', ...labels }, '2'];
      expect(byWay).toEqual(Object.fromEntries(WAYS.map((via) => [via, expected])));
    });

    it('spans are counted with their errors, and the histogram has the trace of one as its exemplar', async () => {
      const query = 'traces_span_metrics_calls_total{span_name="pay",via=""}';
      const calls = await until('the metrics of spans', async () => {
        const found = await results(query);
        return found.length === 2 ? found : undefined;
      });
      const told = calls.map(({ metric, value }) => [
        metric.error_type,
        metric.status_code,
        metric.span_kind,
        value[1],
      ]);
      expect(told.sort()).toEqual(
        [
          ['PaymentRefused', 'STATUS_CODE_ERROR', 'SPAN_KIND_INTERNAL', '1'],
          [undefined, 'STATUS_CODE_UNSET', 'SPAN_KIND_INTERNAL', '1'],
        ].sort(),
      );
      expect(calls[0]?.metric).toMatchObject({ job: 'shop', instance: 'shop-1', service_name: 'shop' });
      const bounds = await results('traces_span_metrics_duration_seconds_bucket{span_name="pay",via="",error_type=""}');
      expect(bounds.map(({ metric }) => boundary(metric.le as string)).sort((a, b) => a - b)).toEqual([
        0.005,
        0.01,
        0.025,
        0.05,
        0.075,
        0.1,
        0.25,
        0.5,
        0.75,
        1,
        2.5,
        5,
        7.5,
        10,
        Number.POSITIVE_INFINITY,
      ]);
      const window = { start: String(Date.now() / 1000 - 300), end: String(Date.now() / 1000 + 300) };
      const parameters = {
        query: 'traces_span_metrics_duration_seconds_bucket{error_type="PaymentRefused",span_name="pay"}',
        ...window,
      };
      const tracesBy = async (via: string) => {
        const found = (await prometheus.query('query_exemplars', parameters)) as {
          seriesLabels: Labels;
          exemplars: { labels: Labels }[];
        }[];
        const ofWay = found.filter(({ seriesLabels }) => (seriesLabels.via ?? '') === via);
        return ofWay.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id));
      };
      expect(await tracesBy('')).toContain(failed);
      await until('an exemplar by the page, which has those of the last interval alone', async () => {
        await shop.failingOrder('three');
        return (await tracesBy('page'))[0];
      });
      expect(await tracesBy('page')).toContainEqual(expect.stringMatching(/^[0-9a-f]{32}$/));
    });

    it('an application that is later than the metrics of its spans is not refused for its target_info', async () => {
      const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
      const resource = {
        attributes: [
          attribute('service.name', 'late'),
          attribute('service.instance.id', 'late-1'),
          attribute('service.version', '1'),
        ],
      };
      const push = async (name: string, millis: number) => {
        const point = { asInt: '1', startTimeUnixNano: `${millis}000000`, timeUnixNano: `${millis}000000` };
        const sum = { isMonotonic: true, aggregationTemporality: 2, dataPoints: [point] };
        const scopeMetrics = [{ scope: { name: 'by hand' }, metrics: [{ name, sum }] }];
        const response = await fetch(`${pushed.otlpHttpUrl}/v1/metrics`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics }] }),
        });
        expect(response.status).toBe(200);
      };
      const has = async (name: string) => {
        const found = await results(`${name}{job="late",instance="late-1",via=""}`);
        return found.length > 0 || undefined;
      };
      const now = Date.now();
      // the first of target_info, and then the two in the wrong order
      await push('late.orders', now - 3000);
      await until('the first push', () => has('late_orders_total'));
      await push('traces.span.metrics.calls', now);
      await until('the metrics of spans', () => has('traces_span_metrics_calls_total'));
      await push('late.parcels', now - 1000);
      await until('the late push', () => has('late_parcels_total'));
      expect(await has('target_info')).toBe(true);
      expect(pushed.logs()).not.toContain('out of order sample');
    });
  },
);
