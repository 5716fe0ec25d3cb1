import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OtlpSpan, Scoped, Telemetry } from '../otlp/json-lines.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type RunningExample, startExample } from './running-example.js';
import { type ScrapedPage, scrape, total } from './scraped-page.js';

const BATCHES = 3;
/** What goes on changing while the program is quiet: only names, types and labels can be compared. */
const LIVE = /^(process_|system_|nodejs_|v8js_|otel_sdk_|monitor_component_heartbeat_age_|monitor_component_check_)/;

describe.skipIf(!collectorAvailable)('the example pushes to the Collector', () => {
  let collector: CollectorProcess;
  let example: RunningExample;
  let telemetry: Telemetry;
  let direct: ScrapedPage;
  let behind: ScrapedPage;

  beforeAll(async () => {
    collector = await startCollector();
    example = await startExample(['--batches', String(BATCHES), '--stay'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      OTEL_BSP_SCHEDULE_DELAY: '200',
      OTEL_BLRP_SCHEDULE_DELAY: '200',
      OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs/dup',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    });
    [direct, behind] = await quietPages(example.url, collector.prometheusUrl);
    const ended = total(direct, 'monitor_operation_duration_seconds', 'monitor_operation_duration_seconds_count');
    telemetry = await collector.readFileWhen(({ spans }) => spans.length >= ended);
  }, 90_000);

  afterAll(async () => {
    await example?.end('SIGKILL');
    await collector?.stop();
  });

  it('each operation is one span with its parent', () => {
    const ids = telemetry.spans.map(({ item }) => item.spanId);
    expect(new Set(ids).size).toBe(ids.length);
    const byId = new Map(telemetry.spans.map(({ item }) => [item.spanId, item]));
    const parents: Record<string, Set<string>> = {};
    for (const { item } of telemetry.spans) {
      const parent = item.parentSpanId ? byId.get(item.parentSpanId) : undefined;
      if (item.parentSpanId) expect(parent?.traceId).toBe(item.traceId);
      parents[item.name] ??= new Set();
      parents[item.name]?.add(parent?.name ?? '(root)');
    }
    expect(parents).toMatchObject({
      sprite_extraction: new Set(['batch_extraction']),
      batch_extraction: new Set(['(root)']),
    });
    expect(parents.rom_loading?.size).toBe(1);
  });

  it('as many spans as the durations count, for each operation, failed and not', () => {
    for (const name of new Set(telemetry.spans.map(({ item }) => item.name))) {
      const spans = telemetry.spans.filter(({ item }) => item.name === name);
      const label = `monitor_operation_name="${name}"`;
      const counted = (...more: string[]) =>
        total(direct, 'monitor_operation_duration_seconds', 'monitor_operation_duration_seconds_count', label, ...more);
      expect([name, spans.length]).toEqual([name, counted()]);
      expect([name, spans.filter(isFailed).length]).toEqual([name, counted('error_type=')]);
    }
  });

  it('a failure carries error.type on span, log record and metric, and its trace on the log record', () => {
    const failed = telemetry.spans.filter(isFailed);
    expect(failed.length).toBeGreaterThan(0);
    for (const { item } of failed) {
      expect(item.attributes['error.type']).toEqual(expect.any(String));
      expect(item.status.message).toEqual(expect.any(String));
    }
    const exceptions = telemetry.logs.filter(({ item }) => item.eventName === 'exception');
    expect(exceptions.length).toBe(total(direct, 'monitor_errors_total', 'monitor_errors_total'));
    const byId = new Map(telemetry.spans.map(({ item }) => [item.spanId, item]));
    for (const { item } of exceptions) {
      const span = byId.get(item.spanId ?? '');
      expect(span?.traceId).toBe(item.traceId);
      expect(span?.attributes['monitor.error.id']).toBeDefined();
      expect(item.attributes).toMatchObject({
        'error.type': expect.any(String),
        'exception.message': expect.any(String),
      });
    }
  });

  it('every signal says who it comes from, and nothing of the command line', () => {
    const resources = [...telemetry.spans, ...telemetry.logs, ...telemetry.metrics].map(({ resource }) => resource);
    expect(new Set(resources.map((resource) => JSON.stringify(resource))).size).toBe(1);
    expect(resources[0]).toMatchObject({
      'service.name': 'spritepal',
      'service.version': '1.4.0',
      'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'deployment.environment.name': 'test',
      'telemetry.distro.name': 'otel-monitor',
      'telemetry.sdk.language': 'nodejs',
    });
    expect(Object.keys(resources[0] ?? {}).filter((key) => /command|argv|args|owner/.test(key))).toEqual([]);
  });

  it('the direct scrape and the Collector show the same metrics: names, types and help', () => {
    const shown = (page: ScrapedPage) =>
      Object.entries(page)
        .map(([name, { type, help }]) => `${name} ${type} ${help}`)
        .sort();
    expect(shown(behind)).toEqual(shown(direct));
  });

  it('the same labels on every metric', () => {
    const labels = (page: ScrapedPage) =>
      Object.fromEntries(Object.entries(page).map(([name, { samples }]) => [name, Object.keys(samples).sort()]));
    expect(labels(behind)).toEqual(labels(direct));
  });

  it('the same values on every metric that is quiet', () => {
    const quiet = (page: ScrapedPage) => Object.fromEntries(Object.entries(page).filter(([name]) => !LIVE.test(name)));
    expect(Object.keys(quiet(direct)).length).toBeGreaterThan(8);
    expect(quiet(behind)).toEqual(quiet(direct));
  });

  it('ends by SIGTERM with 143 within five seconds, and its health was served', async () => {
    const health = (await (await fetch(`${example.url}/health`)).json()) as { status: string };
    expect(health.status).toBe('healthy');
    const { code, signal, millis } = await example.end('SIGTERM');
    expect(signal === 'SIGTERM' ? 143 : code).toBe(143);
    expect(millis).toBeLessThan(5000);
  });
});

function isFailed({ item }: Scoped<OtlpSpan>): boolean {
  return item.status.code === 2;
}

/** Both pages, read when the batches are done and what was pushed last has come out of the Collector. */
async function quietPages(url: string, prometheusUrl: string): Promise<[ScrapedPage, ScrapedPage]> {
  let pages: [ScrapedPage, ScrapedPage] | undefined;
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(700)) {
    pages = [await scrape(`${url}/metrics`), await scrape(prometheusUrl)];
    const done = total(pages[0], 'monitor_feature_uses_total', 'monitor_feature_uses_total', 'batch_extraction');
    if (done >= BATCHES && sameSeries(...pages)) return pages;
  }
  // let the tests tell the difference
  if (pages === undefined) throw new Error('the pages could not be read');
  return pages;
}

function sameSeries(a: ScrapedPage, b: ScrapedPage): boolean {
  const keys = (page: ScrapedPage) =>
    Object.entries(page)
      .flatMap(([name, { samples }]) =>
        Object.entries(samples).map(([key, value]) => (LIVE.test(name) ? key : `${key} ${value}`)),
      )
      .sort()
      .join('\n');
  return keys(a) === keys(b);
}
