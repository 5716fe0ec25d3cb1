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
  expect(slack.text).toContain('{{ .Annotations.summary }}');
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
  });
  const { route, receivers } = parse(text);
  expect(route).toMatchObject({
    receiver: 'shop-till-alerts',
    group_wait: '1s',
    group_interval: '2s',
    repeat_interval: '3h',
  });
  expect(route.routes[1]).toMatchObject({ matchers: ['severity="warning"'], group_wait: '30m' });
  expect(receivers[0].name).toBe('shop-till-alerts');
  expect(receivers[0].slack_configs[0]).toMatchObject({ channel: '#on-call', api_url_file: '/run/secrets/slack' });
  expect(text).toContain('told when it has lasted for 30m;');
});

it.each([
  [{ service: ' ' }, 'service: " " is no name'],
  [{ service: '{{ .Receiver }}' }, 'service: "{{ .Receiver }}" is no name'],
  [{ channel: '' }, 'channel: "" is no name'],
  [{ webhookFile: 'slack' }, 'webhookFile: "slack" is no absolute path'],
  [{ warningDelay: '15 minutes' }, 'warningDelay: "15 minutes" is no duration, as 15m is'],
  [{ repeatInterval: '' }, 'repeatInterval: "" is no duration, as 15m is'],
])('an option that cannot be is refused by name: %j', (options, message) => {
  expect(() => alertmanagerFiles(options)).toThrow(new RangeError(message));
});

for (const { name, tool } of alertmanagerVersions.all) {
  describe.skipIf(tool === undefined)(`amtool (needs ${name})`, () => {
    const amtool = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(tool!, args, { encoding: 'utf8' });
      return { status, output: stdout.trim(), warnings: stderr };
    };
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-amtool-'));
    const other = join(folder, 'alertmanager.yaml');

    beforeAll(() => writeFileSync(other, textOf({ service: 'Shop', warningDelay: '1h' })));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each([
      ['the committed file', () => committed],
      ['one with options', () => other],
    ])('accepts %s', (_, file) => {
      const { status, output, warnings } = amtool('check-config', file());
      expect(`${output}${warnings}`).toContain('SUCCESS');
      expect(`${output}${warnings}`).toContain(' - 3 inhibit rules\n - 2 receivers');
      expect(status).toBe(0);
    });

    it.each([
      [['alertname=HighErrorRate', 'severity=critical'], 'sizewise-alerts'],
      [['alertname=HighErrorRate', 'severity=warning'], 'sizewise-alerts'],
      [['alertname=SlaTargetMissed', 'severity=info'], 'log-only'],
      [['alertname=SomebodyElses'], 'sizewise-alerts'],
      [['alertname=SomebodyElses', 'severity=page'], 'sizewise-alerts'],
    ])('sends %j to %s', (labels, receiver) => {
      const { output, status } = amtool(
        'config',
        'routes',
        'test',
        `--config.file=${committed}`,
        `--verify.receivers=${receiver}`,
        ...labels,
      );
      expect([output, status]).toEqual([receiver, 0]);
    });
  });
}
