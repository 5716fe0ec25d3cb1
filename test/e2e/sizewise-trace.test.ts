import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePython } from '../../examples/sizewise/src/launcher/python-environment.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type JaegerProcess, type JaegerTrace, jaegerProgram, startJaeger } from '../real-parts/jaeger.js';
import { type PrometheusProcess, prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';
import { DUCT_DESIGN, DUCT_DESIGN_SPANS, type NamedSpan, spanTree, withoutReading } from './duct-design-trace.js';
import { type RunningSizewise, startSizewise } from './running-sizewise.js';

const hasPython = !('missing' in (await preparePython(process.env, () => {})));

/** Buckets that a duct design is counted in, service after service; the one in Python has no page to scrape. */
const BUCKETS = {
  gateway: requestsOf('gateway', '/api/hvac/calculate'),
  calculator: requestsOf('calculator', '/calculations/duct_design'),
  catalogue: requestsOf('catalogue', '/materials/:material'),
  operation: 'monitor_operation_duration_seconds_bucket{job="gateway",monitor_operation_name="hvac_calculation"}',
};

interface ExemplarSeries {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly { readonly labels: { readonly trace_id: string; readonly span_id: string } }[];
}

const hasAll = collectorAvailable && hasPython && jaegerProgram !== undefined && prometheusProgram !== undefined;

describe.skipIf(!hasAll)(
  'from a bucket in Prometheus to one trace of four services with the Collector (needs Jaeger, Prometheus and Python)',
  () => {
    let jaeger: JaegerProcess;
    let collector: CollectorProcess;
    let example: RunningSizewise;
    let prometheus: PrometheusProcess;
    /** A trace that exemplars of all these buckets lead to, and the spans that they name. */
    let traceId: string;
    let measured: Record<keyof typeof BUCKETS, string>;
    let trace: JaegerTrace;

    beforeAll(async () => {
      jaeger = await startJaeger();
      collector = await startCollector({
        overlays: ['files.yaml', 'jaeger.yaml'],
        env: { JAEGER_OTLP_ENDPOINT: jaeger.otlpUrl },
      });
      example = startSizewise(['--requests', '40'], { OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl });
      await example.said('Ctrl-C ends it');
      prometheus = await startPrometheus(scraping(example.output()));
      const found = await measuredEverywhere(prometheus);
      traceId = found.traceId;
      measured = found.measured;
      trace = await wholeTrace(jaeger, collector, traceId);
    }, 240_000);

    afterAll(async () => {
      example?.signal('SIGTERM');
      await Promise.all([example?.ended, collector?.stop(), jaeger?.stop(), prometheus?.stop()]);
    });

    it('it is one trace in Jaeger, of a gateway, a calculator, a catalogue and a service in Python', () => {
      expect(trace.traceID).toBe(traceId);
      const spans = named(trace);
      expect(spanTree(spans)).toEqual(DUCT_DESIGN);
      expect(withoutReading(spans)).toHaveLength(DUCT_DESIGN_SPANS);
      expect(new Set(spans.map(({ service }) => service))).toEqual(
        new Set(['gateway', 'calculator', 'catalogue', 'duct-sizing']),
      );
    });

    it('every span that passed the Collector is in it, once', () => {
      const passed = collector.readFile().spans.filter(({ item }) => item.traceId === traceId);
      const languages = new Set(passed.map(({ resource }) => resource['telemetry.sdk.language']));
      expect(languages).toEqual(new Set(['nodejs', 'python']));
      expect(trace.spans.map(({ spanID }) => spanID).sort()).toEqual(passed.map(({ item }) => item.spanId).sort());
    });

    it('each bucket leads to the span of the request or operation that was measured, and no other', () => {
      const spans = new Map(named(trace).map((span) => [span.spanId, `${span.service} ${span.name}`]));
      expect(Object.fromEntries(Object.entries(measured).map(([what, spanId]) => [what, spans.get(spanId)]))).toEqual({
        gateway: 'gateway POST /api/hvac/calculate',
        calculator: 'calculator POST /calculations/duct_design',
        catalogue: 'catalogue GET /materials/:material',
        operation: 'gateway hvac_calculation',
      });
    });
  },
);

/** A scrape configuration for the pages that the example has named, often enough to see each of its requests. */
function scraping(output: string): string {
  const pages = [...output.matchAll(/^(gateway|calculator|catalogue)\S* .*metrics http:\/\/([\d.:]+)\/metrics/gm)];
  const jobs = pages.map(
    ([, job, target], index) =>
      `  - { job_name: ${job}-${index}, static_configs: [{ targets: ["${target}"], labels: { job: ${job} } }] }`,
  );
  return ['global: { scrape_interval: 500ms, scrape_timeout: 500ms }', 'scrape_configs:', ...jobs].join('\n');
}

async function exemplars(prometheus: PrometheusProcess, query: string): Promise<ExemplarSeries[]> {
  const now = Date.now() / 1000;
  const window = { start: String(now - 300), end: String(now + 300) };
  return (await prometheus.query('query_exemplars', { query, ...window })) as ExemplarSeries[];
}

/** The span that a trace was measured in, by the trace's id. */
function exemplarsByTrace(series: readonly ExemplarSeries[]): Map<string, string> {
  const labels = series.flatMap(({ exemplars: all }) => all.map(({ labels: each }) => each));
  return new Map(labels.map(({ trace_id, span_id }) => [trace_id, span_id]));
}

function requestsOf(job: string, route: string): string {
  return `http_server_request_duration_seconds_bucket{job="${job}",http_route="${route}",http_response_status_code="200"}`;
}

/**
 * Waits for a trace that left an exemplar on every bucket. Not each does: a bucket keeps one exemplar between two scrapes,
 * and a scrape can come when the operation has ended and its request has not. The example sends requests without end.
 */
async function measuredEverywhere(prometheus: PrometheusProcess) {
  const buckets = Object.entries(BUCKETS);
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await delay(200)) {
    const found = await Promise.all(
      buckets.map(async ([, query]) => exemplarsByTrace(await exemplars(prometheus, query))),
    );
    const traceId = [...found[0]!.keys()].find((id) => found.every((each) => each.has(id)));
    if (traceId === undefined) continue;
    const measured = Object.fromEntries(buckets.map(([what], index) => [what, found[index]!.get(traceId)!]));
    return { traceId, measured: measured as Record<keyof typeof BUCKETS, string> };
  }
  throw new Error('no trace has an exemplar on every bucket');
}

/** Waits until Jaeger has as many spans as have passed the Collector, and those of a design: services push when they like. */
async function wholeTrace(jaeger: JaegerProcess, collector: CollectorProcess, traceId: string): Promise<JaegerTrace> {
  for (const deadline = Date.now() + 60_000; ; await delay(200)) {
    const passed = collector.readFile().spans.filter(({ item }) => item.traceId === traceId).length;
    const trace = await jaeger.trace(traceId);
    if (trace !== undefined && trace.spans.length >= Math.max(passed, DUCT_DESIGN_SPANS)) return trace;
    if (Date.now() > deadline) throw new Error(`Jaeger has of ${traceId}: ${JSON.stringify(trace && named(trace))}`);
  }
}

function named({ spans, processes }: JaegerTrace): NamedSpan[] {
  return spans.map(({ spanID, processID, operationName, references }) => ({
    service: processes[processID]!.serviceName,
    name: operationName,
    spanId: spanID,
    parentSpanId: references.find(({ refType }) => refType === 'CHILD_OF')?.spanID,
  }));
}
