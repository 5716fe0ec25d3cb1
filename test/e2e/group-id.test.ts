import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Telemetry } from '../otlp/json-lines.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type JaegerProcess, type JaegerTrace, jaegerProgram, startJaeger } from '../real-parts/jaeger.js';
import { startService } from './running-service.js';

const GROUP_ID = 'monitor.error.group.id';
const program = fileURLToPath(new URL('./programs/failing-service.mjs', import.meta.url));
const ORDERS = 12;
const STOCK = 5;
const FINE = 7;
const TOKEN = 'token-of-an-operator';

interface GroupPage {
  readonly id: string;
  readonly errorType: string;
  readonly count: number;
  /** Ids that it had before: frames of compiled code are told by their sources as soon as these are read. */
  readonly aliases: readonly string[];
  readonly samples: readonly { readonly traceId: string }[];
}

describe.skipIf(!collectorAvailable || jaegerProgram === undefined)(
  'a group of errors is found by its id behind the Collector (needs Jaeger, which node scripts/jaeger.mjs --print builds)',
  () => {
    let jaeger: JaegerProcess;
    let collector: CollectorProcess;
    let telemetry: Telemetry;
    let files: string;
    let pages: string;
    let groupPages: GroupPage[];
    /** Ids of the groups, and of the traces that their errors went through, as the Collector's files have them. */
    const groups = new Map<string, { traces: Set<string>; type: unknown }>();

    beforeAll(async () => {
      jaeger = await startJaeger();
      collector = await startCollector({
        overlays: ['files.yaml', 'prometheus.yaml', 'jaeger.yaml'],
        env: { JAEGER_OTLP_ENDPOINT: jaeger.otlpUrl },
      });
      const service = await startService(process.execPath, [program], {
        OTEL_SERVICE_NAME: 'failing-service',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
        OTEL_EXPORTER_PROMETHEUS_PORT: '0',
        OTEL_MONITOR_TOKEN_OPERATOR: TOKEN,
        OTEL_MONITOR_STATE_ENABLED: 'false',
        OTEL_METRIC_EXPORT_INTERVAL: '200',
        OTEL_BSP_SCHEDULE_DELAY: '100',
        OTEL_BLRP_SCHEDULE_DELAY: '100',
        OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs/dup',
      });
      try {
        const ask = async (kind: string, count: number, status: number) => {
          for (let id = 1; id <= count; id += 1) {
            expect((await fetch(`${service.url}/${kind}/${id * 1009}`)).status).toBe(status);
          }
        };
        await ask('orders', ORDERS, 500);
        await ask('stock', STOCK, 500);
        await ask('fine', FINE, 200);
        // two spans a request, and a metric with them
        await collector.readFileWhen(
          ({ spans, metrics }) =>
            spans.length >= 2 * (ORDERS + STOCK + FINE) && metrics.some(({ item }) => item.name === 'monitor.errors'),
        );
        const monitor = /^metrics (.*)$/m.exec(service.output())?.[1] ?? '';
        const page = (path: string) => fetch(monitor + path, { headers: { authorization: `Bearer ${TOKEN}` } });
        pages = await (await page('/metrics')).text();
        const listed = (await (await page('/errors/groups?sort=count')).json()) as { groups: { id: string }[] };
        groupPages = await Promise.all(
          listed.groups.map(async ({ id }) => (await (await page(`/errors/${id}`)).json()) as GroupPage),
        );
      } finally {
        await service.end();
      }
      pages += await (await fetch(collector.prometheusUrl)).text();
      await collector.stop();
      telemetry = collector.readFile();
      files = collector.readText();
      for (const { item } of telemetry.spans) {
        const id = item.attributes[GROUP_ID];
        if (id === undefined) continue;
        const group = groups.get(String(id)) ?? { traces: new Set(), type: item.attributes['error.type'] };
        group.traces.add(item.traceId);
        groups.set(String(id), group);
      }
    });

    afterAll(async () => {
      await collector?.stop();
      await jaeger?.stop();
    });

    /** The traces of a group, by all the ids that it had. */
    const tracesOf = ({ id, aliases }: GroupPage) =>
      new Set([id, ...aliases].flatMap((each) => [...(groups.get(each)?.traces ?? [])]));

    it('each of the two faults is one group, over all of its requests', () => {
      expect(groupPages.map((page) => [page.errorType, page.count, tracesOf(page).size])).toEqual([
        ['OrderError', ORDERS, ORDERS],
        ['RangeError', STOCK, STOCK],
      ]);
      for (const id of groups.keys()) expect(id).toMatch(/^[0-9a-f]{16}$/);
    });

    it('Jaeger finds exactly the traces of a group by its id', async () => {
      for (const [id, { traces, type }] of groups) {
        const found = await whenThere(() => jaeger.search('failing-service', { [GROUP_ID]: id }), traces.size);
        expect([type, new Set(found.map(({ traceID }) => traceID))]).toEqual([type, traces]);
      }
      expect(await jaeger.search('failing-service', { [GROUP_ID]: '0'.repeat(16) })).toEqual([]);
    });

    it('what Jaeger found failed, and says why on the same span', async () => {
      const [id] = [...groups].find(([, { type }]) => type === 'OrderError') ?? [''];
      expect(id).not.toBe('');
      for (const { spans } of await jaeger.search('failing-service', { [GROUP_ID]: id })) {
        const failed = spans.filter(({ tags }) => tags.some(({ key, value }) => key === GROUP_ID && value === id));
        expect(failed.map(({ operationName }) => operationName)).toContain('read_orders');
        const events = failed.flatMap(({ logs }) => logs.flatMap(({ fields }) => fields));
        expect(events.find(({ key }) => key === 'exception.message')?.value).toMatch(/^order \d+ has no address$/);
      }
    });

    it('the log records of a group carry its id, each in a trace of the group', () => {
      for (const [id, { traces }] of groups) {
        const records = telemetry.logs.filter(({ item }) => item.attributes[GROUP_ID] === id);
        expect(records.length).toBe(traces.size);
        expect(new Set(records.map(({ item }) => item.traceId))).toEqual(traces);
      }
    });

    it('the pages of the service know the same groups, and their samples are of the same traces', () => {
      const ids = groupPages.flatMap(({ id, aliases }) => [id, ...aliases]);
      for (const id of groups.keys()) expect(ids).toContain(id);
      for (const page of groupPages) {
        expect(page.samples.length).toBeGreaterThan(0);
        for (const { traceId } of page.samples) expect([...tracesOf(page)]).toContain(traceId);
      }
    });

    it('no metric carries it: neither by OTLP, nor on a page', () => {
      const metrics = files.split('\n').filter((line) => line.startsWith('{"resourceMetrics"'));
      expect(metrics.length).toBeGreaterThan(0);
      expect(metrics.join('')).toContain('monitor.errors');
      expect(pages).toContain('monitor_errors_total{');
      for (const text of [metrics.join(''), pages]) {
        expect(text).not.toContain('group.id');
        expect(text).not.toContain('group_id');
        for (const id of groups.keys()) expect(text).not.toContain(id);
      }
      // and neither do they hold what changes from error to error
      for (const { item } of telemetry.logs) expect(pages).not.toContain(String(item.attributes['monitor.error.id']));
    });
  },
);

/** Jaeger writes what it was sent a moment later. */
async function whenThere(search: () => Promise<JaegerTrace[]>, count: number): Promise<JaegerTrace[]> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await search();
    if (found.length >= count || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
