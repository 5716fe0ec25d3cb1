import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningExample, startExample } from '../e2e/running-example.js';
import { type RunningSizewise, startSizewise } from '../e2e/running-sizewise.js';
import { runProgram } from '../lifecycle/run-program.js';
import { ownState } from '../own-state.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type JaegerProcess, jaegerProgram, startJaeger } from '../real-parts/jaeger.js';
import { type PrometheusProcess, prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';
import { type RunningProgram, startProgram } from '../real-parts/running-program.js';
import { ALL, asked, type Choices } from './as-grafana-asks.js';
import { type AnsweredSeries, ask, ofMoment, overTime } from './prometheus-answers.js';
import { type Asked, everythingAsked } from './queries.js';
import { tracesAsked } from './trace-links.js';

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}/dist/main.js`, import.meta.url));
const orchestrator = fileURLToPath(new URL('./orchestrator.mjs', import.meta.url));

const SCRAPE_SECONDS = 1;
const INTERVAL_SECONDS = 5;
const RANGE_SECONDS = 120;
/** Everything is asked again and again until it has an answer, or for so long. */
const ANSWER_MILLIS = 60_000;

/** What the examples do not do; the orchestrator beside this file does. */
const BY_ORCHESTRATOR: Readonly<Record<string, readonly string[]>> = {
  'application-performance': ['Memory of operations'],
  'business-calculations': [],
  'error-tracking': [],
  'microservices-health': ['Restarts', 'Health checks that fail'],
  'system-overview': [],
  'alerts-and-trends': [],
};
/** A dashboard whose services no example has: all of it is the orchestrator's. */
const ORCHESTRATOR_DASHBOARD = 'agents-and-cycles';

/** The two ways of a metric to Prometheus: which services each has. */
const WAYS = {
  'direct scrape': {
    examples: ['direct-spritepal', 'direct-gateway', 'direct-calculator', 'direct-catalogue'],
    orchestrator: ['direct-tmux-orchestrator'],
  },
  Collector: {
    examples: ['spritepal', 'gateway', 'calculator', 'catalogue', 'shop', 'shop-worker', 'pictures'],
    orchestrator: ['tmux-orchestrator'],
  },
} as const;
/** Labels of alerts that not every rule sets. */
const MAY_BE_MISSING: ReadonlySet<string> = new Set(['instance', 'monitor_component_name', 'monitor_operation_name']);
type Way = keyof typeof WAYS;

/** An alert that fires, a critical one, and one that stays pending. */
const RULES = `groups:
  - name: dashboards
    rules:
      - { alert: ServiceHasErrors, expr: "sum by (job) (monitor_errors_total) > 0", labels: { severity: warning } }
      - { alert: ProcessIsThere, expr: "target_info", labels: { severity: critical } }
      - { alert: ProcessIsStillThere, expr: "target_info", for: 1h, labels: { severity: warning } }
`;

const prometheusConfig = (targets: Readonly<Record<string, readonly string[]>>, collector: string) => `
global: { scrape_interval: ${SCRAPE_SECONDS}s, evaluation_interval: ${SCRAPE_SECONDS}s }
rule_files: [rules.yaml]
scrape_configs:
${Object.entries(targets)
  .map(([job, hosts]) => `  - { job_name: ${job}, static_configs: [{ targets: ${JSON.stringify(hosts)} }] }`)
  .join('\n')}
  - { job_name: collector, honor_labels: true, static_configs: [{ targets: ["${collector}"] }] }
`;

describe.skipIf(!collectorAvailable || prometheusProgram === undefined)(
  'what the dashboards ask a real Prometheus, filled directly and with the Collector (needs Prometheus)',
  () => {
    let collector: CollectorProcess;
    let prometheus: PrometheusProcess;
    let jaeger: JaegerProcess | undefined;
    let spritepal: RunningExample;
    let sizewise: RunningSizewise;
    let agents: RunningProgram;
    let since: number;

    beforeAll(async () => {
      jaeger = jaegerProgram === undefined ? undefined : await startJaeger();
      collector = await startCollector({
        overlays: ['prometheus.yaml', ...(jaeger === undefined ? [] : ['jaeger.yaml'])],
        ...(jaeger !== undefined && { env: { JAEGER_OTLP_ENDPOINT: jaeger.otlpUrl } }),
      });
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl, OTEL_METRIC_EXPORT_INTERVAL: '1000' };
      sizewise = startSizewise(['--requests', '60'], env);
      [spritepal, agents] = await Promise.all([
        startExample([], env),
        startProgram({
          command: process.execPath,
          args: [orchestrator],
          env: { ...withoutSettings(), ...ownState(), ...env },
          isReady: (output) => output.includes('metrics http'),
        }),
        // these push and end
        runProgram(example('queue'), { env }),
        runProgram(example('usage'), { env }),
        sizewise.said('duct-sizing '),
      ]);
      const ofSizewise = (name: string) =>
        new URL(new RegExp(`^${name} .*metrics (http://[\\d.:]+)/metrics`, 'm').exec(sizewise.output())?.[1] ?? '')
          .host;
      since = Date.now() / 1000;
      prometheus = await startPrometheus(
        prometheusConfig(
          {
            'direct-spritepal': [new URL(spritepal.url).host],
            'direct-gateway': [ofSizewise('gateway')],
            'direct-calculator': [ofSizewise('calculator-1'), ofSizewise('calculator-2')],
            'direct-catalogue': [ofSizewise('catalogue')],
            'direct-tmux-orchestrator': [/metrics http:\/\/([\d.:]+)/.exec(agents.output())?.[1] ?? ''],
          },
          new URL(collector.prometheusUrl).host,
        ),
        { files: { 'rules.yaml': RULES } },
      );
    });
    afterAll(async () => {
      sizewise?.signal('SIGTERM');
      await Promise.all([prometheus?.stop(), spritepal?.end('SIGKILL'), agents?.stop('SIGKILL'), sizewise?.ended]);
      await collector?.stop();
      await jaeger?.stop();
    });

    const choices = (way: Way, { dashboard, panel }: Asked): Choices => {
      const { examples, orchestrator } = WAYS[way];
      const byOrchestrator =
        dashboard === ORCHESTRATOR_DASHBOARD || BY_ORCHESTRATOR[dashboard]?.includes(panel) === true;
      return {
        variables: {
          job: byOrchestrator ? orchestrator : examples,
          instance: ALL,
          operation: ALL,
          severity: ALL,
          dimension: 'calculation',
        },
        scrapeSeconds: SCRAPE_SECONDS,
        intervalSeconds: INTERVAL_SECONDS,
        rangeSeconds: RANGE_SECONDS,
      };
    };

    /** The series that a panel shows, or an annotation. */
    async function series(one: Asked, way: Way): Promise<AnsweredSeries[]> {
      const query = asked(one.expression, choices(way, one));
      const end = Date.now() / 1000;
      if (one.kind === 'panel' && one.instant) return ofMoment(prometheus, query, end);
      return overTime(prometheus, query, { start: since, end, step: SCRAPE_SECONDS });
    }

    /** What a variable offers. */
    async function offered(one: Extract<Asked, { kind: 'variable' }>, way: Way): Promise<string[]> {
      const selector = { 'match[]': asked(one.expression, choices(way, one)) };
      if (one.label !== undefined) return ask<string[]>(prometheus, `label/${one.label}/values`, selector);
      const names = await ask<string[]>(prometheus, 'labels', selector);
      const pattern = new RegExp((one.regex ?? '').replace(/^\/(.*)\/$/, '$1'));
      return names.filter((name) => pattern.test(name));
    }

    const isAnswered = async (one: Asked, way: Way) =>
      one.kind === 'variable' ? (await offered(one, way)).length > 0 : (await series(one, way)).length > 0;

    /** Asks of each until it is so; those of which it is not at last. */
    async function without(all: readonly Asked[], isSo: (one: Asked) => Promise<boolean>): Promise<Asked[]> {
      let left = [...all];
      for (const deadline = Date.now() + ANSWER_MILLIS; left.length > 0 && Date.now() < deadline; await delay(1_000)) {
        const before = left;
        left = [];
        for (const one of before) if (!(await isSo(one))) left.push(one);
      }
      return left;
    }

    const line = ({ dashboard, panel, expression }: Asked) => `${dashboard} | ${panel} | ${expression}`;
    const panels = everythingAsked().filter((one) => one.kind === 'panel');

    describe.each(Object.keys(WAYS) as Way[])('by %s', (way) => {
      it('has an answer to every panel, annotation and variable', async () => {
        const left = await without(everythingAsked(), (one) => isAnswered(one, way));
        expect(left.map(line)).toEqual([]);
      });

      it('has a value for each label in a legend, and a column for each label of a row', async () => {
        const problems: string[] = [];
        for (const one of panels) {
          const found = new Set((await series(one, way)).flatMap(({ labels }) => Object.keys(labels)));
          for (const label of one.labels) {
            if (!found.has(label) && !MAY_BE_MISSING.has(label)) problems.push(`${label} is missing: ${line(one)}`);
          }
          const unnamed = [...found].filter((label) => !one.labels.includes(label));
          if (one.panelType === 'table' && unnamed.length > 0) problems.push(`${unnamed} has no column: ${line(one)}`);
        }
        expect(problems).toEqual([]);
      });
    });

    it('has exemplars that name a trace in every panel that shows them, by direct scrape', async () => {
      const hasTrace = async (one: Asked) => {
        const query = asked(one.expression, choices('direct scrape', one));
        const found = await ask<{ exemplars: { labels: Record<string, string> }[] }[]>(prometheus, 'query_exemplars', {
          query,
          start: String(since),
          end: String(Date.now() / 1000),
        });
        const traces = found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id ?? ''));
        return traces.some((trace) => /^[0-9a-f]{32}$/.test(trace));
      };
      const shown = panels.filter(({ exemplars }) => exemplars);
      expect((await without(shown, hasTrace)).map(line)).toEqual([]);
    });

    it.skipIf(jaegerProgram === undefined)(
      'has links whose search finds traces in a real Jaeger (needs Jaeger)',
      async () => {
        const [service, operation] = ['tmux-orchestrator', 'agent_detection'];
        const failed = { 'error.type': 'AgentNotFound' };
        const labels = { job: service, monitor_operation_name: operation, error_type: failed['error.type'] };
        const searches = tracesAsked(labels);
        expect(searches).toEqual([
          { service, tags: {} },
          { service, tags: failed },
          { service, operation, tags: {} },
          { service, operation, tags: failed },
        ]);
        for (const search of searches) {
          // what has ended is on its way
          const find = () => jaeger!.search(search.service, search.tags, search.operation);
          await vi.waitFor(async () => expect((await find()).length).toBeGreaterThan(0), {
            timeout: 60_000,
            interval: 200,
          });
        }
        expect(await jaeger!.search(service, failed, 'component_load')).toEqual([]);
      },
    );

    it('has no answer to what nobody records', async () => {
      const [panel] = panels as [(typeof panels)[number]];
      const expression = 'sum(rate(nothing_of_this_name_total{job=~"$job"}[$__rate_interval]))';
      expect(await isAnswered({ ...panel, expression }, 'Collector')).toBe(false);
      expect(() => asked('up{job=~"$service"}', choices('Collector', panel))).toThrow('$service is no variable');
    });
  },
);

function withoutSettings(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name)),
  );
}
