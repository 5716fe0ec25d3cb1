import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePython } from '../../examples/sizewise/src/launcher/python-environment.js';
import { type OtlpSpan, parseOtlpJsonLines, type Scoped } from '../otlp/json-lines.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { DUCT_DESIGN, spanTree } from './duct-design-trace.js';
import { type RunningSizewise, startSizewise } from './running-sizewise.js';

const SERVER = 2;
const CLIENT = 3;
const SERVICES = ['calculator', 'catalogue', 'duct-sizing', 'gateway'];

// as the example does it: once, into the cache outside of the tree
const hasPython = !('missing' in (await preparePython(process.env, () => {})));

type Span = Scoped<OtlpSpan>;
const serviceOf = ({ resource }: Span) => resource['service.name'] as string;

const named = ({ item, resource }: Span) => ({
  service: resource['service.name'] as string,
  name: item.name,
  spanId: item.spanId,
  parentSpanId: item.parentSpanId || undefined,
});

function byTrace(spans: readonly Span[]): Span[][] {
  const traces = new Map<string, Span[]>();
  for (const span of spans) traces.set(span.item.traceId, [...(traces.get(span.item.traceId) ?? []), span]);
  return [...traces.values()];
}

describe.skipIf(!collectorAvailable || !hasPython)(
  'the SizeWise example with the Collector (needs Python 3.10 with venv and a package index)',
  () => {
    let folder: string;
    let example: RunningSizewise;
    let spans: Span[];
    let code: number;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'otel-monitor-sizewise-test-'));
      example = startSizewise(['--once', '--requests', '80', '--out', folder]);
      code = await example.ended;
      spans = parseOtlpJsonLines(readFileSync(join(folder, 'traces.jsonl'), 'utf8')).spans;
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('ends by itself with 0, on ports of its own, and leaves nobody behind', async () => {
      expect({ code, output: example.output() }).toMatchObject({ code: 0 });
      expect(example.output()).not.toMatch(/EADDRINUSE|:9464|did not start|\[\w/);
      // five services, four of them with a monitoring server, and the Collector's two
      expect(example.addresses()).toHaveLength(11);
      expect(example.processes()).toEqual([]);
    });

    it('designs ducts in one trace through four services in two languages', () => {
      const designs = byTrace(spans).filter((trace) => trace.some(({ item }) => item.name === 'pressure_losses'));
      expect(designs.length).toBeGreaterThan(20);
      const smooth = designs.filter((trace) => trace.every(({ item }) => item.status.code !== 2));
      expect(smooth.length).toBeGreaterThan(15);
      for (const trace of smooth) expect(spanTree(trace.map(named))).toEqual(DUCT_DESIGN);
      const languages = new Set(smooth[0]!.map(({ resource }) => resource['telemetry.sdk.language']));
      expect(languages).toEqual(new Set(['nodejs', 'python']));
    });

    it('has every span once, with its parent in the same trace', () => {
      const ids = spans.map(({ item }) => item.spanId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const trace of byTrace(spans)) {
        const known = new Set(trace.map(({ item }) => item.spanId));
        const roots = trace.filter(({ item }) => !item.parentSpanId);
        expect(roots.map(serviceOf)).toEqual(['gateway']);
        for (const { item } of trace) if (item.parentSpanId) expect(known).toContain(item.parentSpanId);
      }
    });

    it('asks each service by the client span of another', () => {
      const byId = new Map(spans.map((span) => [span.item.spanId, span]));
      const asked = new Map<string, Set<string>>();
      for (const span of spans.filter(({ item }) => item.kind === SERVER && item.parentSpanId)) {
        const caller = byId.get(span.item.parentSpanId!)!;
        expect(caller.item.kind).toBe(CLIENT);
        // each process has a clock of its own, set by the machine's when it started: what a busy machine did between the
        // two readings of that stays
        const startedBefore = Number(caller.item.startTimeUnixNano) - Number(span.item.startTimeUnixNano);
        expect(startedBefore / 1e6).toBeLessThan(1000);
        asked.set(serviceOf(span), (asked.get(serviceOf(span)) ?? new Set()).add(serviceOf(caller)));
      }
      expect(Object.fromEntries(asked)).toEqual({
        calculator: new Set(['gateway']),
        catalogue: new Set(['calculator']),
        'duct-sizing': new Set(['calculator']),
      });
      expect([...new Set(spans.map(serviceOf))].sort()).toEqual(SERVICES);
    });

    it('tells routes as templates, and none where none matched', () => {
      const routes = spans
        .filter(({ item }) => item.kind === SERVER)
        .map(({ item }) => `${item.attributes['http.request.method']} ${item.attributes['http.route']}`);
      expect([...new Set(routes)].sort()).toEqual([
        'GET /api/projects/:projectId',
        'GET /ducts/:shape/sizes',
        'GET /fittings/:fitting',
        'GET /materials/:material',
        'GET undefined',
        'POST /api/hvac/calculate',
        'POST /calculations/duct_design',
        'POST /calculations/pressure_loss',
        'POST /calculations/room_load',
        'POST /duct-sizing',
        'POST undefined',
      ]);
      // probes of readiness are in no trace
      expect(spans.filter(({ item }) => String(item.attributes['url.full']).includes('/readyz'))).toEqual([]);
    });

    it('shares the work between both calculators, through the restart of one', () => {
      const calculators = spans.filter((span) => serviceOf(span) === 'calculator' && span.item.kind === SERVER);
      const instances = new Set(calculators.map(({ resource }) => resource['service.instance.id']));
      expect([...instances].sort()).toEqual(['calculator-1', 'calculator-2']);
      expect(example.output()).toMatch(/a duct design +30 x 200\n/);
    });
  },
);

describe.skipIf(!hasPython)(
  'the SizeWise example without a Collector (needs Python 3.10 with venv and a package index)',
  () => {
    let example: RunningSizewise;
    const monitoringOf = (name: string) =>
      new RegExp(`^${name} .*metrics (http://[\\d.:]+)/metrics`, 'm').exec(example.output())![1]!;

    beforeAll(async () => {
      example = startSizewise(['--no-collector', '--requests', '40']);
      await example.said('goes on; Ctrl-C ends it');
    });
    afterAll(() => {
      example?.signal('SIGTERM');
      return example?.ended;
    });

    it('shows the trace of one request through all services', () => {
      const [, trace] = example.output().split('One request through all of them:\n');
      expect(trace).toMatch(/^trace [0-9a-f]{32}: 2\d spans, 4 services, /);
      expect(trace).toMatch(/^← POST \/api\/hvac\/calculate +gateway /m);
      expect(trace).toMatch(/^[ │├└─]+← GET \/materials\/:material +catalogue /m);
      expect(trace).toMatch(/^[ │├└─]+← POST \/duct-sizing +duct-sizing /m);
    });

    it('serves metrics with route templates, and health, of each service', async () => {
      const page = async (name: string) => (await fetch(`${monitoringOf(name)}/metrics`)).text();
      expect(await page('gateway')).toMatch(
        /^http_server_request_duration_seconds_count\{.*http_route="\/api\/hvac\/calculate"/m,
      );
      expect(await page('gateway')).toMatch(/^monitor_feature_uses_total\{.*monitor_feature_name="hvac_calculation"/m);
      expect(await page('gateway')).toMatch(/^monitor_custom_nodes\{.*\} 2$/m);
      expect(await page('calculator-1')).toMatch(/http_route="\/calculations\/duct_design"/);
      expect(await page('catalogue')).toMatch(/^monitor_cache_requests_total\{.*monitor_cache_result="hit".*\} [1-9]/m);
      for (const name of ['gateway', 'calculator-1', 'calculator-2', 'catalogue']) {
        const status = async () =>
          ((await (await fetch(`${monitoringOf(name)}/health`)).json()) as { status: string }).status;
        // the gateway is degraded until it has found the calculator that was restarted
        await expect.poll(status, { timeout: 10_000, interval: 100 }).toBe('healthy');
      }
    });

    it('ends with 130 on Ctrl-C, and leaves nobody behind', async () => {
      example.signal('SIGINT');
      expect(await example.ended).toBe(130);
      expect(example.processes()).toEqual([]);
    });
  },
);

describe.skipIf(!hasPython)(
  'the SizeWise example whose launcher is killed (needs Python 3.10 with venv and a package index)',
  () => {
    it('leaves no service behind: each ends with its standard input', async () => {
      const example = startSizewise(['--no-collector', '--requests', '1']);
      await example.said('goes on; Ctrl-C ends it');
      expect(example.addresses()).toHaveLength(10);
      expect(example.processes().length).toBeGreaterThanOrEqual(6);
      example.signal('SIGKILL');
      await example.ended;
      await expect.poll(example.processes, { timeout: 15_000, interval: 200 }).toEqual([]);
    });
  },
);

describe('the SizeWise example without Python', () => {
  it('says so in one line, and goes on with the rest', async () => {
    const env = { SIZEWISE_PYTHON: '/nowhere/python3' };
    const example = startSizewise(['--no-collector', '--once', '--requests', '40'], env);
    const code = await example.ended;
    const output = example.output();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('Python: /nowhere/python3 3.10 or later was not found.');
    expect(output).toMatch(/a pressure loss +7 x 200\n/);
    expect(output).toMatch(/a duct design +15 x 502 calculator_failed\n/);
    expect(output).toMatch(/^trace [0-9a-f]{32}: \d+ spans, 3 services, /m);
  });
});
