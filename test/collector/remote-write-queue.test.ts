import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { freePorts } from '../real-parts/free-ports.js';
import { type PrometheusProcess, prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';
import { until } from './until.js';

/** More than the exporter has senders or tries, and each a request of its own. */
const PUSHES = 30;
const IN_ORDER = Array.from({ length: PUSHES }, (_, index) => String(index + 1));
const lateIsTaken = 'storage: { tsdb: { out_of_order_time_window: 30m } }\n';

describe.skipIf(!collectorAvailable || prometheusProgram === undefined)(
  'remote write with its queue on disk, with the Collector (needs Prometheus)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
    const last: (() => unknown)[] = [];
    let port: number;
    let env: Record<string, string>;

    beforeAll(async () => {
      [port] = (await freePorts(1)) as [number];
      env = {
        PROMETHEUS_REMOTE_WRITE_URL: `http://127.0.0.1:${port}/api/v1/write`,
        COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
        COLLECTOR_HANDOVER: 'memory_limiter',
      };
    });
    afterAll(async () => {
      for (const end of last.reverse()) await end();
      rmSync(folder, { recursive: true });
    });

    const startServer = async (config: string) => {
      const prometheus = await startPrometheus(config, { args: ['--web.enable-remote-write-receiver'], port });
      last.push(prometheus.stop);
      return prometheus;
    };
    /** A Collector whose queue is in the folder of this name. */
    const start = async (queue: string) => {
      const collector = await startCollector({
        overlays: ['prometheus-remote-write-queue.yaml', 'persistent-queue.yaml'],
        env: { ...env, COLLECTOR_QUEUE_FOLDER: join(folder, queue) },
      });
      last.push(collector.kill);
      return collector;
    };

    /** The total of a counter, as a program pushes it: each time one more, a second later than the one before. */
    async function push(collector: CollectorProcess, service: string, total: number, begun: number) {
      const timeUnixNano = `${(begun + total * 1000) * 1_000_000}`;
      const attributes = [
        { key: 'service.name', value: { stringValue: service } },
        { key: 'service.instance.id', value: { stringValue: 'one' } },
      ];
      const dataPoints = [{ asInt: String(total), timeUnixNano, startTimeUnixNano: `${begun * 1_000_000}` }];
      const metric = { name: 'pushes', sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints } };
      const scopeMetrics = [{ scope: { name: 'test' }, metrics: [metric] }];
      const response = await fetch(`${collector.otlpHttpUrl}/v1/metrics`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ resourceMetrics: [{ resource: { attributes }, scopeMetrics }] }),
      });
      expect(response.status).toBe(200);
    }
    const pushAll = async (collector: CollectorProcess, service: string) => {
      const begun = Date.now() - PUSHES * 1000 - 60_000;
      for (let total = 1; total <= PUSHES; total += 1) await push(collector, service, total, begun);
    };
    /** Every sample that Prometheus has of it, in the order of their times. */
    async function samples(prometheus: PrometheusProcess, service: string): Promise<string[]> {
      const answer = await prometheus.query('query', { query: `pushes_total{job="${service}"}[1h]` });
      const { result } = answer as { result: { values: [number, string][] }[] };
      return result.flatMap(({ values }) => values.map(([, value]) => value));
    }
    const arrived = (prometheus: PrometheusProcess, service: string) =>
      until('every point', async () => {
        const all = await samples(prometheus, service);
        return all.length >= PUSHES ? all : undefined;
      });
    const lost = (collector: CollectorProcess, count: 'send' | 'enqueue') =>
      collector.ownMetric(
        `otelcol_exporter_${count}_failed_metric_points`,
        /exporter="otlp_http\/prometheus-remote-write"/,
      );
    /** What was tried so far, and came to nothing. */
    const tries = (collector: CollectorProcess) =>
      collector.ownMetric(
        'otelcol_exporter_send_failed_metric_points',
        /exporter="prometheus_remote_write\/behind-queue"/,
      );

    it('every point that came while a Prometheus was away is there afterwards, and none was refused', async () => {
      const collector = await start('away');
      await pushAll(collector, 'away');
      await until('a try', async () => (await tries(collector)) > 0 || undefined);
      const prometheus = await startServer('');
      expect(await arrived(prometheus, 'away')).toEqual(IN_ORDER);
      expect([await lost(collector, 'send'), await lost(collector, 'enqueue')]).toEqual([0, 0]);
      expect(collector.logs()).not.toContain('Dropping data');
      await prometheus.stop();
      await collector.kill();
    });

    it.each(['kill', 'stop'] as const)('so it is after a %s of the Collector meanwhile', async (end) => {
      const ended = await start(end);
      await pushAll(ended, end);
      await until('a try', async () => (await tries(ended)) > 0 || undefined);
      await ended[end]();
      const collector = await start(end);
      const prometheus = await startServer(lateIsTaken);
      expect(await arrived(prometheus, end)).toEqual(IN_ORDER);
      expect([await lost(collector, 'send'), await lost(collector, 'enqueue')]).toEqual([0, 0]);
      await prometheus.stop();
      await collector.kill();
    });

    it('a push that is refused for good is dropped, said and counted, and those after it go on', async () => {
      const prometheus = await startServer('');
      const collector = await start('refused');
      const begun = Date.now() - 60_000;
      for (const total of [1, 3]) await push(collector, 'late', total, begun);
      await until('both', async () => (await samples(prometheus, 'late')).length === 2 || undefined);
      await push(collector, 'late', 2, begun);
      await until('the count', async () => (await lost(collector, 'send')) === 1 || undefined);
      await push(collector, 'late', 4, begun);
      await until('the next', async () => (await samples(prometheus, 'late')).length === 3 || undefined);
      expect(await samples(prometheus, 'late')).toEqual(['1', '3', '4']);
      expect(collector.logs()).toMatch(/failed to send WriteRequest.*"status_code": 400.*out of order sample/);
      expect(collector.logs()).toMatch(
        /Dropping data\..*"otelcol\.component\.id": "otlp_http\/prometheus-remote-write"/,
      );
    });
  },
);
