import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AlertmanagerOptions, alertmanagerFiles } from '@otel-monitor/dashboards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alertmanagerVersions } from '../real-parts/alertmanager.js';

const committed = fileURLToPath(new URL('../../alertmanager-config/alertmanager.yaml', import.meta.url));
const textOf = (options?: AlertmanagerOptions) => alertmanagerFiles(options)[0]?.text ?? '';

it('holds no address of a webhook, only where it is', () => {
  expect(readFileSync(committed, 'utf8')).not.toMatch(/hooks\.slack|https?:\/\/(?!\?)/);
  expect(readFileSync(committed, 'utf8')).toContain('api_url_file: /etc/alertmanager/slack-webhook-url');
});

it('is what the systems that it is for have asked for', () => {
  const { route, receivers } = parse(textOf());
  expect(route).toMatchObject({
    group_by: ['alertname'],
    group_wait: '10s',
    group_interval: '10s',
    repeat_interval: '1h',
    receiver: 'sizewise-alerts',
  });
  const [slack] = receivers[0].slack_configs;
  expect(slack).toMatchObject({ channel: '#sizewise-alerts', send_resolved: true });
  expect(slack.title).toMatch(/^SizeWise Alert: /);
  expect(slack.text).toContain('.Annotations.summary');
});

it('is of another service, channel and pace where that is said', () => {
  const text = textOf({
    service: 'Shop & Till',
    channel: '#on-call',
    webhookFile: '/run/secrets/slack',
    groupWait: '1s',
    groupInterval: '2s',
    repeatInterval: '3h',
    warningDelay: '30m',
    watchdog: 'https://watch.example.com/shop',
    watchdogInterval: '5m',
  });
  const { route, receivers } = parse(text);
  expect(route).toMatchObject({
    receiver: 'shop-till-alerts',
    group_wait: '1s',
    group_interval: '2s',
    repeat_interval: '3h',
  });
  expect(route.routes[2]).toMatchObject({ matchers: ['severity="warning"'], group_wait: '30m' });
  expect(route.routes[0]).toEqual({
    matchers: ['alertname="Watchdog"'],
    receiver: 'watchdog',
    group_wait: '0s',
    repeat_interval: '5m',
  });
  expect(receivers[1]).toEqual({
    name: 'watchdog',
    webhook_configs: [{ url: 'https://watch.example.com/shop', send_resolved: false }],
  });
  expect(receivers[0].name).toBe('shop-till-alerts');
  expect(receivers[0].slack_configs[0].title).toMatch(/^Shop &amp; Till Alert: /);
  expect(receivers[0].slack_configs[0]).toMatchObject({ channel: '#on-call', api_url_file: '/run/secrets/slack' });
  expect(text).toContain('told when it has lasted for 30m;');
});

it('the address of the watchdog may be in a file', () => {
  const { receivers } = parse(textOf({ watchdog: '/run/secrets/watchdog' }));
  expect(receivers[1].webhook_configs).toEqual([{ url_file: '/run/secrets/watchdog', send_resolved: false }]);
});

it.each([
  [{ service: ' ' }, 'service: " " is no name'],
  [{ service: '{{ .Receiver }}' }, 'service: "{{ .Receiver }}" is no name'],
  [{ channel: '' }, 'channel: "" is no name'],
  [{ webhookFile: 'slack' }, 'webhookFile: "slack" is no absolute path'],
  [{ warningDelay: '15 minutes' }, 'warningDelay: "15 minutes" is no duration, as 15m is'],
  [{ watchdog: 'ping' }, 'watchdog: "ping" is neither an address (https://…) nor an absolute path'],
  [{ watchdog: 'ftp://a.b/c' }, 'watchdog: "ftp://a.b/c" is neither an address (https://…) nor an absolute path'],
  [{ watchdogInterval: 'often' }, 'watchdogInterval: "often" is no duration, as 15m is'],
  [{ repeatInterval: '' }, 'repeatInterval: "" is no duration, as 15m is'],
])('an option that cannot be is refused by name: %j', (options, message) => {
  expect(() => alertmanagerFiles(options)).toThrow(new RangeError(message));
});

const { shipped } = alertmanagerVersions;
it.skipIf(shipped.tool === undefined)(
  `amtool accepts a watchdog whose address is in a file (needs ${shipped.name})`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-amtool-'));
    const file = join(folder, 'alertmanager.yaml');
    writeFileSync(file, textOf({ watchdog: '/run/secrets/watchdog' }));
    const { status, stdout, stderr } = spawnSync(shipped.tool!, ['check-config', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  },
);

for (const { name, tool } of alertmanagerVersions.all) {
  describe.skipIf(tool === undefined)(`amtool (needs ${name})`, () => {
    const amtool = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(tool!, args, { encoding: 'utf8' });
      return { status, output: stdout.trim(), warnings: stderr };
    };
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-amtool-'));
    const other = join(folder, 'alertmanager.yaml');

    beforeAll(() =>
      writeFileSync(other, textOf({ service: 'Shop', warningDelay: '1h', watchdog: 'http://127.0.0.1:9/x' })),
    );
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each([
      ['the committed file', 2, () => committed],
      ['one with options', 3, () => other],
    ])('accepts %s', (_, receivers, file) => {
      const { status, output, warnings } = amtool('check-config', file());
      expect(`${output}${warnings}`).toContain('SUCCESS');
      expect(`${output}${warnings}`).toContain(` - 4 inhibit rules\n - ${receivers} receivers`);
      expect(status).toBe(0);
    });

    const sends = (file: string, labels: readonly string[], receiver: string) => {
      const verify = [`--config.file=${file}`, `--verify.receivers=${receiver}`];
      const { output, status } = amtool('config', 'routes', 'test', ...verify, ...labels);
      expect([output, status]).toEqual([receiver, 0]);
    };

    it.each([
      [['alertname=HighErrorRate', 'severity=critical'], 'sizewise-alerts'],
      [['alertname=HighErrorRate', 'severity=warning'], 'sizewise-alerts'],
      [['alertname=SlaTargetMissed', 'severity=info'], 'log-only'],
      [['alertname=SomebodyElses'], 'sizewise-alerts'],
      [['alertname=SomebodyElses', 'severity=page'], 'sizewise-alerts'],
      [['alertname=Watchdog', 'severity=info'], 'log-only'],
    ])('sends %j to %s', (labels, receiver) => sends(committed, labels, receiver));

    it.each([
      [['alertname=HighErrorRate', 'severity=critical', 'job=shop'], 'shop-alerts'],
      [['alertname=HighErrorRate', 'severity=warning', 'job=shop'], 'shop-alerts'],
      [['alertname=SlaTargetMissed', 'severity=info'], 'log-only'],
      [['alertname=Watchdog', 'severity=info'], 'watchdog'],
      [['alertname=Watchdog', 'severity=critical', 'job=shop'], 'watchdog'],
      [['alertname=WatchdogOfSomebody', 'severity=critical'], 'shop-alerts'],
    ])('with a watchdog sends %j to %s', (labels, receiver) => sends(other, labels, receiver));
  });
}
