import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { preparePython } from '../../examples/sizewise/src/launcher/python-environment.js';
import { alertmanagerProgram } from '../real-parts/alertmanager.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { type JaegerTrace, jaegerProgram } from '../real-parts/jaeger.js';
import { prometheusProgram } from '../real-parts/prometheus.js';
import { answers, type RunningProgram } from '../real-parts/running-program.js';
import { root } from './compose-file.js';
import { type DataSource, dataSources } from './grafana-provisioning.js';
import { PlainServices } from './plain-services.js';

const hasPython = !('missing' in (await preparePython(process.env, () => {})));
const hasAll =
  collectorAvailable &&
  hasPython &&
  [jaegerProgram, prometheusProgram, alertmanagerProgram].every((program) => program !== undefined);

/** As in the file, but sooner. */
const SOONER = {
  prometheus: [
    ['scrape_interval: 15s', 'scrape_interval: 1s'],
    ['scrape_timeout: 10s', 'scrape_timeout: 1s'],
    ['evaluation_interval: 15s', 'evaluation_interval: 1s'],
  ],
  sizewise: [['15000', '500']],
} as const;

/** Beside the shipped rules: one that fires at once. */
const PROBE = `groups:
  - name: probe
    interval: 1s
    rules:
      - alert: WiringProbe
        expr: up{job="spritepal"} == 1
        labels: { severity: critical }
        annotations: { summary: The wire from a rule to a person holds }
`;

type Query = { metric: Record<string, string>; value: [number, string] }[];

describe.skipIf(!hasAll)(
  'the services of docker-compose.yml as plain processes with the Collector (needs Jaeger, Prometheus, Alertmanager and Python)',
  () => {
    let folder: string;
    let services: PlainServices;
    const running = new Map<string, RunningProgram>();
    let sources: Record<'prometheus' | 'jaeger' | 'alertmanager', DataSource>;

    const start = async (name: string, isReady: (output: string) => boolean | Promise<boolean>, args: string[] = []) =>
      running.set(name, await services.start(name, isReady, args));

    const stopAll = async () => {
      await Promise.all([...running.values()].map((program) => program.stop('SIGTERM')));
      running.clear();
      rmSync(folder, { recursive: true, force: true });
    };

    /** Why one of them did not start, or nothing. All have started or ended by then. */
    async function startParts(): Promise<Error | undefined> {
      folder = mkdtempSync(join(tmpdir(), 'otel-monitor-compose-'));
      const programs = {
        collector: process.env.OTELCOL as string,
        prometheus: prometheusProgram as string,
        alertmanager: alertmanagerProgram as string,
        jaeger: jaegerProgram as string,
      };
      services = await PlainServices.place(folder, programs, SOONER);
      writeFileSync(join(folder, 'services/prometheus/etc/prometheus/rules/probe.yaml'), PROBE);
      const at = (service: string, port: number, path: string) =>
        answers(`http://${services.address(service, port)}${path}`);
      const listens = (service: string, port: number) => `--web.listen-address=${services.address(service, port)}`;

      await expect(start('make-secrets', () => false)).rejects.toThrow('ended with 0:');
      const started = await Promise.allSettled([
        start('collector', at('collector', 13133, '/')),
        start('jaeger', at('jaeger', 13133, '/status')),
        start('alert-printer', (output) => output.includes('listens on')),
        start('alertmanager', at('alertmanager', 9093, '/-/ready'), [listens('alertmanager', 9093)]),
        start('prometheus', at('prometheus', 9090, '/-/ready'), [listens('prometheus', 9090)]),
        start('application', at('application', 9464, '/readyz')),
      ]);
      return started.find((each) => each.status === 'rejected')?.reason as Error | undefined;
    }

    beforeAll(async () => {
      for (let attempt = 1; ; attempt += 1) {
        const failure = await startParts();
        if (failure === undefined) break;
        // another process may have been quicker on a port that was free
        if (!/EADDRINUSE|in use/.test(failure.message) || attempt === 4) throw failure;
        await stopAll();
      }
      await start('sizewise', (output) => output.includes('Ctrl-C ends it'), ['--requests', '24']);
      const env = services.environment('grafana');
      sources = Object.fromEntries(dataSources(env).map((source) => [source.type, source])) as typeof sources;
    }, 240_000);

    afterAll(stopAll);

    /** As Grafana asks this data source: by POST, with a form. */
    async function query(expression: string): Promise<Query> {
      const body = new URLSearchParams({ query: expression });
      const answer = await fetch(`${sources.prometheus.url}/api/v1/query`, { method: 'POST', body });
      expect(answer.status, expression).toBe(200);
      return ((await answer.json()) as { data: { result: Query } }).data.result;
    }

    async function untilFound<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
      for (const deadline = Date.now() + 90_000; Date.now() < deadline; await delay(100)) {
        const found = await find();
        if (found !== undefined) return found;
      }
      throw new Error(`not there after 90 s: ${what}`);
    }

    const series = (expression: string) =>
      untilFound(expression, async () => {
        const found = await query(expression);
        return found.length > 0 ? found : undefined;
      });

    const json = async (url: string): Promise<unknown> => {
      const answer = await fetch(url);
      expect(answer.status, url).toBe(200);
      return answer.json();
    };

    it('has secrets of its own, which nobody prints and a second start keeps', async () => {
      const files = ['scrape-secret/viewer-token', 'grafana-secret/admin-password'];
      const read = () => files.map((file) => readFileSync(join(folder, 'volumes', file), 'utf8'));
      const secrets = read();
      for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
      expect(new Set(secrets).size).toBe(2);
      expect(statSync(join(folder, 'volumes', files[0]!)).mode & 0o777).toBe(0o444);
      const said = await services.start('make-secrets', () => false).catch((error: Error) => error.message);
      expect(said).toMatch(/ended with 0:[\s\S]*viewer-token: kept\n[\s\S]*alerts are printed only/);
      expect(read()).toEqual(secrets);
      for (const secret of secrets) expect(said).not.toContain(secret);
    });

    it('keeps what its volumes are for in them', () => {
      expect(readdirSync(join(folder, 'volumes/jaeger-data/jaeger')).sort()).toEqual(['keys', 'values']);
      expect(readdirSync(join(folder, 'volumes/prometheus-data'))).toContain('wal');
      expect(readdirSync(join(folder, 'volumes/application-state'))).toEqual(['spritepal']);
    });

    it.each(['application', 'sizewise', 'collector', 'prometheus', 'alertmanager', 'alert-printer', 'jaeger'])(
      'the health check of %s says that it is well',
      async (name) => expect(await services.health(name)).toBe(0),
    );

    it('a health check says when something does not run', () => {
      const [, , script] = services.compose.services.sizewise!.healthcheck!.test;
      const args = [join(root, script!), 'gateway/main.js', 'nobody/main.js'];
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      expect([status, stderr]).toEqual([1, 'does not run: nobody/main.js\n']);
    });

    it('Prometheus reaches every target that it has', async () => {
      const jobs = [...readFileSync(join(root, 'deploy/compose/prometheus.yaml'), 'utf8').matchAll(/job_name: (\S+)/g)];
      // each once: a scrape may take no longer than its second, and on a busy machine one of them sometimes does
      const reached = new Set<string>();
      const targets = await untilFound('all targets up', async () => {
        const { data } = (await json(`${sources.prometheus.url}/api/v1/targets?state=active`)) as {
          data: { activeTargets: { scrapePool: string; health: string; lastError: string }[] };
        };
        for (const { scrapePool, health } of data.activeTargets) if (health === 'up') reached.add(scrapePool);
        return data.activeTargets.every(({ scrapePool }) => reached.has(scrapePool)) ? data.activeTargets : undefined;
      });
      expect(targets.map(({ scrapePool }) => scrapePool).sort()).toEqual(jobs.map(([, name]) => name).sort());
    });

    it('the application answers by its name in the file, to who has the token', async () => {
      const token = readFileSync(join(folder, 'volumes/scrape-secret/viewer-token'), 'utf8');
      const ask = (headers: Record<string, string>) =>
        new Promise<number | undefined>((resolve, reject) => {
          const url = `http://${services.address('application', 9464)}/metrics`;
          request(url, { headers }, (answer) => resolve(answer.resume().statusCode))
            .on('error', reject)
            .end();
        });
      const authorization = `Bearer ${token}`;
      expect(await ask({ host: 'application:9464', authorization })).toBe(200);
      expect(await ask({ host: 'application:9464' })).toBe(401);
      expect(await ask({ host: 'elsewhere:9464', authorization })).toBe(403);
    });

    it('application → Prometheus: each series once, by the scrape alone', async () => {
      const found = await series(
        'monitor_operation_duration_seconds_count{monitor_operation_name="sprite_extraction",error_type=""}',
      );
      expect(found.map(({ metric }) => [metric.job, metric.instance])).toEqual([['spritepal', 'spritepal-1']]);
      const page = await (await fetch(`http://${services.address('collector', 8889)}/metrics`)).text();
      expect(page).toContain('job="gateway"');
      expect(page).not.toContain('job="spritepal"');
    });

    it('application → Collector → its page → Prometheus: what is pushed is there under the service’s own name', async () => {
      const found = await series(
        'sum by (job) (http_server_request_duration_seconds_count{job=~"gateway|calculator|catalogue"})',
      );
      const jobs = await untilFound('three services', async () => {
        const all = await query('count by (job) (target_info{job=~"gateway|calculator|catalogue"})');
        return all.length === 3 ? all.map(({ metric }) => metric.job).sort() : undefined;
      });
      expect(found.length).toBeGreaterThan(0);
      expect(jobs).toEqual(['calculator', 'catalogue', 'gateway']);
    });

    it('application → Collector → Jaeger: one request of SizeWise is one trace of four services', async () => {
      const url = `${sources.jaeger.url}/api/traces?service=gateway&limit=100&lookback=1h`;
      const names = ({ processes }: JaegerTrace) => new Set(Object.values(processes).map((each) => each.serviceName));
      const whole = await untilFound('a trace of four services', async () => {
        const { data } = (await json(url)) as { data: JaegerTrace[] };
        return data.find((trace) => names(trace).size === 4);
      });
      expect(names(whole)).toEqual(new Set(['gateway', 'calculator', 'catalogue', 'duct-sizing']));
    });

    it('exemplar → trace: the links of the data source lead to the span that was measured', async () => {
      const { exemplarTraceIdDestinations: [inside, outside] = [] } = sources.prometheus.jsonData;
      const bucket =
        'monitor_operation_duration_seconds_bucket{job="spritepal",monitor_operation_name="sprite_extraction"}';
      const exemplar = await untilFound('an exemplar', async () => {
        const now = Date.now() / 1000;
        const body = new URLSearchParams({ query: bucket, start: String(now - 300), end: String(now + 60) });
        const answer = await fetch(`${sources.prometheus.url}/api/v1/query_exemplars`, { method: 'POST', body });
        const { data } = (await answer.json()) as { data: { exemplars: { labels: Record<string, string> }[] }[] };
        return data[0]?.exemplars[0]?.labels;
      });
      const traceId = exemplar[inside!.name]!;
      expect(inside?.datasourceUid).toBe(sources.jaeger.uid);
      const trace = await untilFound('its trace', async () => {
        const answer = await fetch(`${sources.jaeger.url}/api/traces/${traceId}`);
        return answer.ok ? ((await answer.json()) as { data: JaegerTrace[] }).data[0] : undefined;
      });
      const span = trace.spans.find(({ spanID }) => spanID === exemplar.span_id);
      expect([trace.traceID, span?.operationName]).toEqual([traceId, 'sprite_extraction']);
      // what a browser is sent to: Jaeger's own page, behind the published port
      const page = outside!.url!.replace(/\$\{__value\.raw\}$/, traceId);
      expect(page).toBe(`http://${services.address('jaeger', 16686)}/trace/${traceId}`);
      expect((await fetch(page)).headers.get('content-type')).toContain('text/html');
    });

    it('span → metrics: every query of the link has data for a service', async () => {
      const { tags, queries } = sources.jaeger.jsonData.tracesToMetrics!;
      expect(tags).toEqual([{ key: 'service.name', value: 'job' }]);
      for (const { name, query: text } of queries) {
        const ofServices = ['spritepal', 'gateway'].map((service) => text.replace('$__tags', `job="${service}"`));
        await untilFound(name, async () => {
          const found = await Promise.all(ofServices.map(query));
          return found.some((each) => each.length > 0) || undefined;
        });
      }
    });

    it('rules: Prometheus has every group that is shipped, and can evaluate it', async () => {
      const shipped = join(root, 'prometheus-config/rules');
      const names = readdirSync(shipped).flatMap((file) =>
        (parse(readFileSync(join(shipped, file), 'utf8')) as { groups: { name: string }[] }).groups.map(
          (group) => group.name,
        ),
      );
      expect(names.length).toBeGreaterThan(5);
      const groups = (await json(`${sources.prometheus.url}/api/v1/rules`)) as {
        data: { groups: { name: string; rules: { name: string; health: string; lastError?: string }[] }[] };
      };
      expect(groups.data.groups.map(({ name }) => name).sort()).toEqual([...names, 'probe'].sort());
      const bad = groups.data.groups.flatMap(({ rules }) => rules.filter(({ health }) => health === 'err'));
      expect(bad).toEqual([]);
    });

    it('rule → Alertmanager → who is told', async () => {
      const alert = await untilFound('the alert', async () => {
        const all = (await json(`${sources.alertmanager.url}/api/v2/alerts`)) as {
          labels: Record<string, string>;
          generatorURL: string;
        }[];
        return all.find(({ labels }) => labels.alertname === 'WiringProbe');
      });
      expect(alert.labels).toMatchObject({ severity: 'critical', job: 'spritepal', instance: 'spritepal-1' });
      // a browser gets from the alert to the expression
      expect(alert.generatorURL).toContain(`http://${services.address('prometheus', 9090)}/graph`);
      const line = await untilFound('its message', async () =>
        running
          .get('alert-printer')!
          .output()
          .split('\n')
          .find((each) => each.includes('WiringProbe')),
      );
      expect(line).toContain('#sizewise-alerts | SizeWise Alert: WiringProbe (1 firing)');
      expect(line).toContain('The wire from a rule to a person holds');
    });

    it('each data source answers with its own API', async () => {
      const { prometheus, jaeger, alertmanager } = sources;
      expect(await json(`${prometheus.url}/api/v1/status/buildinfo`)).toMatchObject({ status: 'success' });
      expect(await json(`${jaeger.url}/api/services`)).toMatchObject({
        data: expect.arrayContaining(['spritepal', 'gateway', 'duct-sizing']),
      });
      expect(await json(`${jaeger.url}/api/services/spritepal/operations`)).toMatchObject({
        data: expect.arrayContaining(['sprite_extraction']),
      });
      expect(await json(`${alertmanager.url}/api/v2/status`)).toMatchObject({
        versionInfo: { version: expect.any(String) },
      });
    });
  },
);
