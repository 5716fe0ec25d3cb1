import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../lifecycle/run-program.js';
import type { Telemetry } from '../otlp/json-lines.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';

const program = fileURLToPath(new URL('programs/push-deltas.mjs', import.meta.url));
const DELTA = 1;

/** What all deltas of a metric add up to. */
function sumOf({ metrics }: Telemetry, name: string): number {
  const found = metrics.filter(({ item }) => item.name === name);
  for (const { item } of found) expect([name, item.aggregationTemporality]).toEqual([name, DELTA]);
  return found.flatMap(({ item }) => item.points).reduce((sum, { value, count }) => sum + (value ?? Number(count)), 0);
}

describe.skipIf(!collectorAvailable)('deltas that are pushed to the Collector', () => {
  let collector: CollectorProcess;
  beforeAll(async () => {
    collector = await startCollector();
  });
  afterAll(() => collector?.stop());

  it.concurrent.each([
    ['http/json', 'shutdown'],
    ['http/protobuf', 'process.exit'],
  ])('by %s until %s add up to what was recorded, in as many pushes as it took', async (protocol, end) => {
    const { code, stdout, stderr } = await runProgram(program, {
      args: [end],
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
        // no push may take longer than this
        OTEL_METRIC_EXPORT_INTERVAL: '1000',
      },
    });
    expect([code, stderr]).toEqual([0, '']);
    const { count, scraped } = JSON.parse(stdout);
    expect([count, scraped]).toEqual([1000, 1000]);
    const own = (all: Telemetry) => ({
      ...all,
      metrics: all.metrics.filter(({ resource }) => resource['service.instance.id'] === end),
    });
    const telemetry = own(
      await collector.readFileWhen(
        (all) => sumOf(own(all), 'shop.requests') >= count && sumOf(own(all), 'shop.size') >= count,
      ),
    );
    const names = ['shop.requests', 'shop.duration', 'shop.size'];
    expect(names.map((name) => [name, sumOf(telemetry, name)])).toEqual(names.map((name) => [name, count]));
    // a hard end takes the bound series along and not the SDK's own instruments
    if (end === 'shutdown') expect(sumOf(telemetry, 'library.calls')).toBe(count);
    const pushes = telemetry.metrics.filter(({ item }) => item.name === 'shop.duration');
    expect(pushes.length).toBeGreaterThan(3);
  });
});
