import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { alertmanagerFiles } from '@otel-monitor/dashboards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startService } from '../e2e/running-service.js';
import { type AlertmanagerProcess, alertmanagerProgram, startAlertmanager } from '../real-parts/alertmanager.js';
import { type PrometheusProcess, prometheusProgram, startPrometheus } from '../real-parts/prometheus.js';
import { quickRules } from './quick-rules.js';
import { type SlackEndpoint, type SlackMessage, startSlackEndpoint } from './slack-endpoint.js';
import { startWatchdogEndpoint, type WatchdogEndpoint } from './watchdog-endpoint.js';

const program = fileURLToPath(new URL('./programs/troubled-service.mjs', import.meta.url));
/** How long a warning must last, in milliseconds: a quarter of an hour in the file that is shipped. */
const WARNING_MILLIS = 4000;

interface AlertmanagerAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: { readonly state: string; readonly inhibitedBy: readonly string[] };
}

/**
 * Two instances of a service with troubles, Prometheus with the rules as they are shipped but sixty times as fast,
 * Alertmanager with its file but for its times, and what stands for Slack. The tests tell one story, in order.
 */
describe.skipIf(prometheusProgram === undefined || alertmanagerProgram === undefined)(
  'from a service to Slack (needs Prometheus and Alertmanager)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-alerts-'));
    const states = ['shop-1', 'shop-2'].map((name) => join(folder, name));
    let slack: SlackEndpoint;
    let watchdog: WatchdogEndpoint;
    let services: RunningService[] = [];
    let alertmanager: AlertmanagerProcess;
    let prometheus: PrometheusProcess;

    const become = (state: string) => {
      for (const file of states) writeFileSync(file, state);
    };
    const told = (alert: string) => slack.messages.filter(({ title }) => title.startsWith(`Shop Alert: ${alert} `));

    async function until<T>(what: string, find: () => T | undefined | Promise<T | undefined>): Promise<T> {
      for (const deadline = Date.now() + 90_000; Date.now() < deadline; await delay(100)) {
        const found = await find();
        if (found !== undefined) return found;
      }
      const seen = slack.messages.map(({ title, text }) => `${title}\n${text}`).join('\n');
      throw new Error(`${what} did not come.\nSlack has:\n${seen}\nrefused:\n${slack.refused}\n${alertmanager.logs()}`);
    }
    const message = (alert: string, title: string, text = ''): Promise<SlackMessage> =>
      until(`${alert} (${title})`, () =>
        told(alert).findLast((each) => each.title === `Shop Alert: ${alert} (${title})` && each.text.includes(text)),
      );
    async function alerts(...matchers: readonly string[]): Promise<AlertmanagerAlert[]> {
      const filter = new URLSearchParams(matchers.map((matcher): [string, string] => ['filter', matcher]));
      return (await (await fetch(`${alertmanager.url}/api/v2/alerts?${filter}`)).json()) as AlertmanagerAlert[];
    }
    const suppressed = (...matchers: readonly string[]) =>
      until(`suppression of ${matchers}`, async () =>
        (await alerts(...matchers)).find(({ status }) => status.state === 'suppressed'),
      );

    beforeAll(async () => {
      slack = await startSlackEndpoint(['#shop-alerts']);
      watchdog = await startWatchdogEndpoint();
      const webhookFile = join(folder, 'slack-webhook-url');
      writeFileSync(webhookFile, slack.url);
      become('healthy');
      const env = { OTEL_SERVICE_NAME: 'shop', OTEL_METRIC_EXPORT_INTERVAL: '1000' };
      const pace = { groupWait: '1s', groupInterval: '1s', warningDelay: `${WARNING_MILLIS}ms` };
      const watched = { watchdog: watchdog.url, watchdogInterval: '1s' };
      const [file] = alertmanagerFiles({ service: 'Shop', webhookFile, ...watched, ...pace });
      [services, alertmanager] = await Promise.all([
        Promise.all(states.map((STATE_FILE) => startService(process.execPath, [program], { ...env, STATE_FILE }))),
        startAlertmanager(file?.text ?? ''),
      ]);
      const targets = services.map(({ url }, index) => ({
        targets: [new URL(url).host],
        labels: { instance: `shop-${index + 1}` },
      }));
      const config = {
        global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
        rule_files: ['*.rules.yaml'],
        alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.url).host] }] }] },
        scrape_configs: [{ job_name: 'shop', static_configs: targets }],
      };
      const files = [
        'alerting',
        'recordings',
        'components',
        'targets',
        'errors',
        'pokemon-speedrun',
        'tmux-orchestrator',
      ];
      prometheus = await startPrometheus(JSON.stringify(config), {
        files: quickRules(...files),
        args: ['--rules.alert.resend-delay=1s'], // what came before it had found Alertmanager comes again
      });
    });

    afterAll(async () => {
      await Promise.all([prometheus?.stop(), alertmanager?.stop(), ...services.map((service) => service.end())]);
      await Promise.all([slack?.close(), watchdog?.close()]);
      rmSync(folder, { recursive: true, force: true });
    });

    it('a critical alert of two instances is one message, with what each means and its runbook', async () => {
      await message('HighErrorRate', '1 firing'); // by then both are scraped
      become('unhealthy');
      const { channel, color, text, title_link } = await message('ComponentHealthCritical', '2 firing');
      expect([channel, color]).toEqual(['#shop-alerts', 'danger']);
      const meaning = [
        'Its check fails, its heartbeat is missed, or something that it depends on is unhealthy.',
        'Runbook: docs/runbooks.md#componenthealthcritical',
      ];
      expect(text.split('\n').filter((line) => line !== '')).toEqual([
        '*CRITICAL* shop shop-1: database is unhealthy',
        ...meaning,
        '*CRITICAL* shop shop-2: database is unhealthy',
        ...meaning,
      ]);
      expect(title_link).toMatch(/\/#\/alerts\?receiver=shop-alerts$/);
    });

    it('it is over, and that is told', async () => {
      become('healthy');
      const { color, text } = await message('ComponentHealthCritical', 'resolved');
      expect(color).toBe('good');
      expect(text).not.toMatch(/CRITICAL|Runbook/);
      // together or one after the other, as their checks have seen it
      const all = told('ComponentHealthCritical').map((each) => each.text);
      for (const instance of ['shop-1', 'shop-2']) {
        expect(all.join('\n')).toContain(`*RESOLVED* shop ${instance}: database is unhealthy`);
      }
    });

    it('a warning is told when it has lasted', async () => {
      const { color, text, atMillis } = await message('AgentDetectionFailure', '2 firing');
      expect(color).toBe('warning');
      expect(text).toMatch(/^\*WARNING\* shop shop-1: \d+\.\d\d errors a second in agent_detection\n/);
      const begins = (await alerts('alertname="AgentDetectionFailure"')).map(({ startsAt }) => Date.parse(startsAt));
      expect(begins).toHaveLength(2);
      expect(atMillis - Math.min(...begins)).toBeGreaterThanOrEqual(WARNING_MILLIS);
    });

    /** Alerts of other rules, as Prometheus hands them over. */
    async function hand(...handed: readonly { labels: Record<string, string>; lastsMillis?: number; says?: object }[]) {
      const now = Date.now();
      const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(
          handed.map(({ labels, lastsMillis = 600_000, says = {} }) => ({
            labels,
            annotations: says,
            startsAt: new Date(now).toISOString(),
            endsAt: new Date(now + lastsMillis).toISOString(),
          })),
        ),
      });
      expect(response.status).toBe(200);
    }

    it('a warning that is over by then never is, though the same of another service was told', async () => {
      const warning = (alertname: string) => ({ alertname, severity: 'warning', job: 'till' });
      expect(told('AgentDetectionFailure')).not.toEqual([]);
      const passing = ['Passing', 'AgentDetectionFailure'].map(warning);
      const lastsMillis = WARNING_MILLIS / 4;
      await hand(...passing.map((labels) => ({ labels, lastsMillis, says: { summary: 'of the till' } })));
      await hand({ labels: warning('Lasting') });
      await message('Lasting', '1 firing');
      expect(told('Passing')).toEqual([]);
      expect(told('AgentDetectionFailure').filter(({ text }) => text.includes('of the till'))).toEqual([]);
    });

    it("text with Slack's own signs arrives as it is, and links to runbook and dashboard", async () => {
      await hand({
        labels: { alertname: 'R&D', severity: 'critical', job: 'till' },
        says: {
          summary: 'GET /a?b=1&c=<id> takes > 5 s &amp; fails <!channel>',
          description: 'p95 < p99',
          runbook_url: 'https://wiki.example.com/r?a=1&b=2#rd',
          dashboard_url: 'https://grafana.example.com/d/x?var-job=till&from=now-1h',
        },
      });
      const { text, title, fallback } = await message('R&amp;D', '1 firing');
      const summary = 'GET /a?b=1&amp;c=&lt;id&gt; takes &gt; 5 s &amp;amp; fails &lt;!channel&gt;';
      expect(text.split('\n').filter((line) => line !== '')).toEqual([
        `*CRITICAL* ${summary}`,
        'p95 &lt; p99',
        '<https://wiki.example.com/r?a=1&amp;b=2#rd|Runbook> · <https://grafana.example.com/d/x?var-job=till&amp;from=now-1h|Dashboard>',
      ]);
      expect(fallback).toBe(`${title}: ${summary} `);
    });

    it('the watchdog is told again and again, of itself alone', async () => {
      await until('the watchdog', () => (watchdog.told.length > 2 ? true : undefined));
      expect(new Set(watchdog.told.flat())).toEqual(new Set(['Watchdog firing']));
      expect(watchdog.refused).toEqual([]);
      expect(told('Watchdog')).toEqual([]);
    });

    it('a critical alert silences the warning of the same name', async () => {
      await message('MonitoringCycleOverLimit', '1 firing', '*CRITICAL*');
      const { status } = await suppressed('alertname="MonitoringCycleOverLimit"', 'severity="warning"');
      expect(status.inhibitedBy).toHaveLength(1);
    });

    it('what is for information is known and told nobody', async () => {
      const missed = await until('SlaTargetMissed', async () =>
        (await alerts('alertname="SlaTargetMissed"', 'sla="pattern_quality"')).at(0),
      );
      expect(missed.labels).toEqual({
        alertname: 'SlaTargetMissed',
        job: 'shop',
        severity: 'info',
        sla: 'pattern_quality',
      });
      expect(missed.receivers).toEqual([{ name: 'log-only' }]);
    });

    it('of an instance that is away nothing else is told', async () => {
      await services[1]?.end();
      await message('TargetDown', '1 firing', '*CRITICAL* shop shop-2 does not answer Prometheus');
      const { status } = await suppressed('alertname="AgentDetectionFailure"', 'instance="shop-2"');
      expect(status.inhibitedBy).toHaveLength(1);
      const [other] = await alerts('alertname="AgentDetectionFailure"', 'instance="shop-1"');
      expect(other?.status).toMatchObject({ state: 'active', inhibitedBy: [] });
    });

    it('of a service that is away that alone is told, once', async () => {
      await services[0]?.end();
      await message('ServiceDown', '1 firing', '*CRITICAL* No instance of shop answers Prometheus');
      const { status } = await suppressed('alertname="TargetDown"', 'instance="shop-1"');
      expect(status.inhibitedBy).not.toEqual([]);
      expect(told('TargetDown').filter(({ text }) => text.includes('shop-1'))).toEqual([]);
    });

    it('that programs cannot push is not told while all Collectors are away', async () => {
      const labels = { alertname: 'ServiceMetricsMissing', severity: 'warning', job: 'pushing' };
      await hand({ labels: { alertname: 'ServiceDown', severity: 'critical', job: 'collector' } }, { labels });
      const { status } = await suppressed('alertname="ServiceMetricsMissing"', 'job="pushing"');
      expect(status.inhibitedBy).toHaveLength(1);
    });

    it('nothing was refused, and neither silenced warning nor information came through', () => {
      expect(slack.refused).toEqual([]);
      expect([...told('SlaTargetMissed'), ...told('Passing')]).toEqual([]);
      const warnings = told('MonitoringCycleOverLimit').filter(({ text }) => text.includes('*WARNING*'));
      expect(warnings).toEqual([]);
    });

    it('no rule has failed, and what is read of Prometheus and Alertmanager is there', async () => {
      const { groups } = (await prometheus.query('rules', {})) as {
        groups: { name: string; rules: { health: string; lastError?: string }[] }[];
      };
      expect(groups).toHaveLength(11);
      expect(groups.flatMap(({ rules }) => rules).filter(({ health }) => health !== 'ok')).toEqual([]);
      const pageOf = async (url: string) => (await fetch(`${url}/metrics`)).text();
      // Alertmanager 0.28 has one for each reason
      const failures = (await pageOf(alertmanager.url)).matchAll(
        /^alertmanager_notifications_failed_total\{integration="slack"(?:,reason="\w+")?\} (\S+)$/gm,
      );
      expect(new Set([...failures].map(([, count]) => count))).toEqual(new Set(['0']));
      const own = await pageOf(prometheus.url);
      expect(own).toMatch(/^prometheus_rule_evaluation_failures_total\{rule_group="[^"]+;errors"\} 0$/m);
      // the watchdog fires before Prometheus knows where Alertmanager is
      expect(own).toMatch(/^prometheus_notifications_dropped_total [0-9]$/m);
    });
  },
);
