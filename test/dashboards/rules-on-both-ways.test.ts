import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { prometheusFiles, ruleFiles } from '@otel-monitor/dashboards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startService } from '../e2e/running-service.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { freePort } from '../real-parts/free-ports.js';
import { type PrometheusProcess, prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';

const program = fileURLToPath(new URL('./programs/troubled-service.mjs', import.meta.url));

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/**
 * One service that is scraped directly and pushes to a Collector, whose only backend for traces is away and whose queue
 * for that is short. Prometheus reads both, and evaluates all rules as they are shipped.
 */
describe.skipIf(prometheusProgram === undefined || !collectorAvailable)(
  'the rules on a direct scrape and by way of the Collector, with the Collector (needs Prometheus)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-rules-'));
    let collector: CollectorProcess;
    let service: RunningService;
    let prometheus: PrometheusProcess;

    const ask = async (query: string): Promise<readonly Sample[]> =>
      ((await prometheus.query('query', { query })) as { result: readonly Sample[] }).result;

    async function until(query: string, isEnough = (samples: readonly Sample[]) => samples.length > 0) {
      for (const deadline = Date.now() + 90_000; ; await delay(200)) {
        const samples = await ask(query);
        if (isEnough(samples)) return samples;
        if (Date.now() > deadline) throw new Error(`${query} gives ${JSON.stringify(samples)}\n${prometheus.logs()}`);
      }
    }

    /** The expression of a shipped alert. */
    function exprOf(name: string): string {
      const rules = ruleFiles().flatMap(({ groups }) => groups.flatMap((group) => group.rules));
      const rule = rules.find((each) => 'alert' in each && each.alert === name);
      if (rule === undefined || !('alert' in rule)) throw new Error(`there is no alert ${name}`);
      return rule.expr(rule.limit ?? 0);
    }

    beforeAll(async () => {
      const state = join(folder, 'state');
      writeFileSync(state, 'degraded');
      const away = join(folder, 'away.yaml');
      writeFileSync(
        away,
        JSON.stringify({
          exporters: {
            'otlp_http/away': {
              endpoint: `http://127.0.0.1:${await freePort()}`,
              retry_on_failure: { enabled: false },
            },
            'otlp_http/slow': {
              endpoint: `http://127.0.0.1:${await freePort()}`,
              retry_on_failure: { enabled: true, initial_interval: '60s' },
              sending_queue: { queue_size: 1, num_consumers: 1 },
            },
          },
          service: {
            pipelines: {
              'traces/away': { receivers: ['forward/export'], exporters: ['otlp_http/away'] },
              'traces/slow': { receivers: ['forward/export'], exporters: ['otlp_http/slow'] },
            },
          },
        }),
      );
      collector = await startCollector({ overlays: ['prometheus.yaml', away] });
      service = await startService(process.execPath, [program], {
        STATE_FILE: state,
        OTEL_SERVICE_NAME: 'pushed',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
        OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `http://127.0.0.1:${await freePort()}/v1/logs`,
        OTEL_METRIC_EXPORT_INTERVAL: '500',
        OTEL_BSP_SCHEDULE_DELAY: '500',
        OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs',
      });
      const scrape = (job_name: string, url: string) => ({
        job_name,
        honor_labels: job_name === 'collector',
        static_configs: [{ targets: [new URL(url).host] }],
      });
      const config = {
        global: { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '1s' },
        rule_files: ['*.rules.yaml'],
        scrape_configs: [
          scrape('direct', service.url),
          scrape('collector', collector.prometheusUrl),
          scrape('collector-telemetry', collector.telemetryUrl),
        ],
      };
      const files = prometheusFiles().map(({ path, text }) => [
        path.replace(/^rules\/(.+)\.yaml$/, '$1.rules.yaml'),
        text,
      ]);
      prometheus = await startPrometheus(JSON.stringify(config), { files: Object.fromEntries(files) });
    });

    afterAll(async () => {
      await Promise.all([prometheus?.stop(), service?.end()]);
      await collector?.kill();
      rmSync(folder, { recursive: true, force: true });
    });

    it('each recorded series of the one has its like in the other', async () => {
      const keyOf = (name: string, { slo, sla }: Readonly<Record<string, string>>) =>
        [name, slo, sla].filter(Boolean).join(' ');
      // all that this service has something for: no feature, no cache, no day before, of the targets that of patterns alone
      const expected = ruleFiles()
        .flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))
        .flatMap((rule) => ('record' in rule ? [keyOf(rule.record, rule.labels ?? {})] : []))

        .filter((key) => !/feature|cache|baseline|experiment|compilation|checkpoint| availability$/.test(key));
      expect(expected).toHaveLength(42);
      for (const job of ['direct', 'pushed']) {
        const keys = (samples: readonly Sample[]) => samples.map(({ metric }) => keyOf(metric.__name__ ?? '', metric));
        const query = `count by (__name__, slo, sla) ({__name__=~"job.*:.+:.+", job="${job}"})`;
        const samples = await until(query, (found) => found.length >= expected.length);
        expect(keys(samples).toSorted(), job).toEqual(expected.toSorted());
      }
    });

    it('alerts find the same in both', async () => {
      for (const alert of ['HighErrorRate', 'ComponentDegraded', 'AgentDetectionFailure', 'MonitoringCycleOverLimit']) {
        const jobs = (samples: readonly Sample[]) => [...new Set(samples.map(({ metric }) => metric.job))].toSorted();
        const samples = await until(exprOf(alert), (found) => jobs(found).length === 2);
        expect(jobs(samples), alert).toEqual(['direct', 'pushed']);
      }
    });

    it('what the Collector tells of itself is found by the names that it has', async () => {
      const [failing] = await until(exprOf('CollectorExportFailing'));
      expect(failing?.metric).toMatchObject({
        exporter: 'otlp_http/away',
        signal: 'spans',
        job: 'collector-telemetry',
      });
      const [dropping] = await until(exprOf('CollectorDropping'));
      expect(dropping?.metric).toMatchObject({ exporter: 'otlp_http/slow', signal: 'spans' });
      const [full] = await until(exprOf('CollectorQueueNearlyFull'));
      expect([full?.metric.exporter, full?.value[1]]).toEqual(['otlp_http/slow', '1']);
    });

    it('what a program tells of its own telemetry is found by the names that it has', async () => {
      const jobs = (samples: readonly Sample[]) =>
        samples
          .filter(({ metric }) => metric.signal === 'log' && metric.error_type === 'ECONNREFUSED')
          .map(({ metric }) => metric.job);
      const failing = await until(exprOf('TelemetryExportFailing'), (samples) => jobs(samples).length === 2);
      expect(jobs(failing).toSorted()).toEqual(['direct', 'pushed']);
      const fill = exprOf('TelemetryQueueNearlyFull').replace(/ > [\d.]+$/, ' >= 0');
      const queues = (await until(fill)).map(({ metric }) => `${metric.job} ${metric.signal}`);
      expect(queues.toSorted()).toEqual(['direct log', 'direct span', 'pushed log', 'pushed span']);
    });

    it('no rule fails', async () => {
      const { groups } = (await prometheus.query('rules', {})) as {
        groups: { rules: { name: string; health: string; lastError?: string }[] }[];
      };
      const rules = groups.flatMap((group) => group.rules);
      expect(rules).toHaveLength(ruleFiles().flatMap((file) => file.groups.flatMap((group) => group.rules)).length);
      expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    });
  },
);
