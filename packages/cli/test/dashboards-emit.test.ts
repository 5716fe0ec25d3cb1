import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertmanagerFiles, grafanaFiles, prometheusFiles } from '@otel-monitor/dashboards';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMIT_OPTIONS } from '../src/commands/emit-options.js';
import { run } from './run.js';

describe('otel-monitor dashboards emit', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-emit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const emit = (...args: string[]) => run(['dashboards', 'emit', ...args], { cwd: folder });

  it.each([
    ['grafana', grafanaFiles()],
    ['prometheus', prometheusFiles()],
    ['alertmanager', alertmanagerFiles()],
  ])('writes every file for %s, from the working directory, and says which', async (target, files) => {
    const { exitCode, stdout, stderr } = await emit('--for', target, '--out', 'made/here');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(files.length).toBeGreaterThan(0);
    expect(stdout).toBe(files.map(({ path }) => `wrote ${join(folder, 'made/here', path)}\n`).join(''));
    for (const { path, text } of files) expect(readFileSync(join(folder, 'made/here', path), 'utf8')).toBe(text);
    const there = readdirSync(join(folder, 'made/here'), { recursive: true, withFileTypes: true });
    expect(there.filter((entry) => entry.isFile())).toHaveLength(files.length);
  });

  it('replaces files of the same names and leaves others', async () => {
    const [{ path, text }] = grafanaFiles() as [{ path: string; text: string }];
    writeFileSync(join(folder, path), 'old');
    writeFileSync(join(folder, 'mine.json'), 'mine');
    expect((await emit('--for', 'grafana', '--out', '.')).exitCode).toBe(0);
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe('mine');
  });

  it('says the same as JSON', async () => {
    const { exitCode, stdout } = await emit('--for', 'grafana', '--out', 'made', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      target: 'grafana',
      folder: join(folder, 'made'),
      files: grafanaFiles().map(({ path }) => join(folder, 'made', path)),
    });
  });

  it('refuses a target that is none, and writes nothing', async () => {
    const { exitCode, stdout, stderr } = await emit('--for', 'kibana', '--out', 'made');
    expect([exitCode, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^otel-monitor: --for: expected grafana, prometheus, alertmanager, found kibana\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('wants both options', async () => {
    expect(await emit('--out', 'made')).toMatchObject({ exitCode: 64, stdout: '' });
    expect(await emit('--for', 'grafana')).toMatchObject({ exitCode: 64, stdout: '' });
  });

  it('names the file that cannot be written, and why', async () => {
    writeFileSync(join(folder, 'file'), '');
    const first = grafanaFiles()[0]!.path;
    const inFile = await emit('--for', 'grafana', '--out', 'file', '--json');
    const error = `--out: ${join(folder, 'file', first)} cannot be written: a file is where a folder should be`;
    expect(inFile).toEqual({ exitCode: 64, stdout: expect.any(String), stderr: `otel-monitor: ${error}\n` });
    expect(JSON.parse(inFile.stdout)).toEqual({ error });
  });

  it.skipIf(process.platform !== 'linux')('comes back where no folder can ever be made (needs /proc)', async () => {
    const { exitCode, stderr } = await emit('--for', 'grafana', '--out', '/proc/nothing');
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/^otel-monitor: --out: \/proc\/nothing\/.* cannot be written: ENOENT\n$/);
  });

  // who may do everything may write everywhere
  it.skipIf(process.getuid?.() === 0)('says so when it may not write (needs a user that is not root)', async () => {
    chmodSync(folder, 0o500);
    const { exitCode, stderr } = await emit('--for', 'grafana', '--out', '.');
    chmodSync(folder, 0o700);
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/cannot be written: EACCES\n$/);
  });

  const read = (path: string) => readFileSync(join(folder, path), 'utf8');

  it('writes rules with what is given: objectives, limits, links, and without what is not wanted', async () => {
    const given = [
      ['--availability', '99.95'],
      ['--latency', '95'],
      ['--latency-ms', '250'],
      ['--operation-limit', 'import=20'],
      ['--operation-limit', 'a=b=0.5'],
      ['--short-lived-job', 'nightly-.*'],
      ['--without', 'spritepal'],
      ['--without', 'tmux-orchestrator'],
      ['--runbooks', 'https://wiki.example.com/runbooks'],
      ['--grafana', 'https://grafana.example.com'],
    ].flat();
    const { exitCode, stderr } = await emit('--for', 'prometheus', '--out', '.', ...given);
    expect([exitCode, stderr]).toEqual([0, '']);
    const files = prometheusFiles({
      objectives: [
        { kind: 'availability', name: 'http-availability', target: 0.9995, events: 'http_requests' },
        { kind: 'latency', name: 'http-latency', target: 0.95, events: 'http_requests', seconds: 0.25 },
      ],
      operationLimits: [
        { operation: 'import', seconds: 20 },
        { operation: 'a=b', seconds: 0.5 },
      ],
      shortLivedJobs: ['nightly-.*'],
      without: ['spritepal', 'tmux-orchestrator'],
      runbooks: 'https://wiki.example.com/runbooks',
      grafana: 'https://grafana.example.com',
    });
    expect(readdirSync(join(folder, 'rules')).toSorted()).toEqual(files.map(({ path }) => path.slice(6)).toSorted());
    for (const { path, text } of files) expect(read(path)).toBe(text);
    expect(read('rules/objectives.yaml')).toContain('ratio_rate1h{slo="http-availability"} > 0.0072 ');
  });

  it("writes Alertmanager's configuration with what is given", async () => {
    const given = [
      ['--service', 'Shop'],
      ['--slack-channel', '#on-call'],
      ['--slack-webhook-file', '/run/secrets/slack'],
      ['--watchdog', 'https://watch.example.com/shop'],
      ['--watchdog-interval', '2m'],
      ['--warning-delay', '30m'],
      ['--group-wait', '20s'],
      ['--group-interval', '1m'],
      ['--repeat-interval', '4h'],
    ].flat();
    const { exitCode, stderr } = await emit('--for', 'alertmanager', '--out', '.', ...given);
    expect([exitCode, stderr]).toEqual([0, '']);
    const [file] = alertmanagerFiles({
      service: 'Shop',
      channel: '#on-call',
      webhookFile: '/run/secrets/slack',
      watchdog: 'https://watch.example.com/shop',
      watchdogInterval: '2m',
      warningDelay: '30m',
      groupWait: '20s',
      groupInterval: '1m',
      repeatInterval: '4h',
    });
    expect(read('alertmanager.yaml')).toBe(file?.text);
  });

  it('takes the address of the watchdog from the environment, where others do not see it', async () => {
    const env = { OTEL_MONITOR_WATCHDOG: 'https://watch.example.com/secret' };
    const args = ['dashboards', 'emit', '--for', 'alertmanager', '--out', '.'];
    expect((await run(args, { cwd: folder, env })).exitCode).toBe(0);
    expect(read('alertmanager.yaml')).toBe(alertmanagerFiles({ watchdog: env.OTEL_MONITOR_WATCHDOG })[0]?.text);
    await run([...args, '--watchdog', '/run/secrets/watchdog'], { cwd: folder, env });
    expect(read('alertmanager.yaml')).toBe(alertmanagerFiles({ watchdog: '/run/secrets/watchdog' })[0]?.text);
    const wrong = await run(args, { cwd: folder, env: { OTEL_MONITOR_WATCHDOG: 'ping' } });
    expect(wrong.stderr).toBe(
      'otel-monitor: OTEL_MONITOR_WATCHDOG: expected an address such as https://watch.example.com/shop or an absolute path, found ping\n',
    );
    // the rules have nothing of it
    expect(
      (await run(['dashboards', 'emit', '--for', 'prometheus', '--out', 'rules'], { cwd: folder, env })).exitCode,
    ).toBe(0);
  });

  const boundaries = 'one of 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000';
  it.each([
    ['prometheus', '--availability', '100', 'a percentage above 0 and below 100'],
    ['prometheus', '--availability', '0', 'a percentage above 0 and below 100'],
    ['prometheus', '--availability', '99,9', 'a percentage above 0 and below 100'],
    ['prometheus', '--latency', 'high', 'a percentage above 0 and below 100'],
    ['prometheus', '--latency-ms', '300', boundaries],
    ['prometheus', '--latency-ms', '0x10', boundaries],
    ['prometheus', '--operation-limit', 'import', 'the name of an operation and seconds above 0, such as import=20'],
    ['prometheus', '--operation-limit', 'import=0', 'the name of an operation and seconds above 0, such as import=20'],
    ['prometheus', '--short-lived-job', '(', 'a regular expression of job, such as nightly-.*'],
    ['prometheus', '--without', 'recordings', 'the name of a file of rules without its ending, and not recordings'],
    ['prometheus', '--runbooks', 'a b', 'an address or a path without # and spaces'],
    [
      'prometheus',
      '--grafana',
      'grafana.example.com',
      'an address such as https://grafana.example.com, without query and credentials',
    ],
    ['alertmanager', '--service', '{{ .Receiver }}', 'a name'],
    ['alertmanager', '--slack-channel', '', 'a channel such as #on-call'],
    ['alertmanager', '--slack-webhook-file', 'slack', 'an absolute path, as Alertmanager sees it'],
    [
      'alertmanager',
      '--watchdog',
      'ftp://a.b/c',
      'an address such as https://watch.example.com/shop or an absolute path',
    ],
    ['alertmanager', '--watchdog-interval', 'often', 'a duration such as 15m'],
    ['alertmanager', '--warning-delay', '15 minutes', 'a duration such as 15m'],
    ['alertmanager', '--group-wait', '10', 'a duration such as 15m'],
    ['alertmanager', '--group-interval', '-1s', 'a duration such as 15m'],
    ['alertmanager', '--repeat-interval', '', 'a duration such as 15m'],
  ])('refuses for %s %s "%s", and writes nothing', async (target, flag, found, expected) => {
    const { exitCode, stdout, stderr } = await emit('--for', target, '--out', 'made', `${flag}=${found}`);
    expect([exitCode, stdout]).toEqual([64, '']);
    expect(stderr).toBe(`otel-monitor: ${flag}: expected ${expected}, found ${found || 'nothing'}\n`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['grafana', '--runbooks', 'docs', 'prometheus'],
    ['alertmanager', '--availability', '99', 'prometheus'],
    ['prometheus', '--slack-channel', '#a', 'alertmanager'],
  ])('refuses for %s what is for another: %s', async (target, flag, value, other) => {
    const { exitCode, stderr } = await emit('--for', target, '--out', 'made', flag, value);
    expect(exitCode).toBe(64);
    expect(stderr).toBe(`otel-monitor: ${flag}: expected with --for ${other}, found with --for ${target}\n`);
  });

  it('names every option in its help', async () => {
    const { exitCode, stdout } = await emit('--help');
    expect(exitCode).toBe(0);
    for (const { flags } of EMIT_OPTIONS) expect(stdout).toContain(`  ${flags} `);
  });
});
