import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../real-parts/free-ports.js';
import { type RunningProgram, startProgram } from '../real-parts/running-program.js';
import { root } from './compose-file.js';

const script = (name: string) => join(root, 'deploy/compose', name);

describe('make-secrets', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-secrets-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const make = (args: string[], env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script('make-secrets.mjs'), ...args], {
      env: { PATH: process.env.PATH, ...env },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };

  it('writes the webhook of the environment anew at each start, and prints none of it', () => {
    const file = join(folder, 'alerting/webhook');
    const secret = 'https://hooks.slack.example/services/T0/B0/oldsecret';
    expect(make(['--webhook', file], { ALERT_WEBHOOK_URL: secret })).toEqual({
      status: 0,
      stdout: `${file}: ALERT_WEBHOOK_URL\n`,
      stderr: '',
    });
    expect(readFileSync(file, 'utf8')).toBe(secret);
    make(['--webhook', file], { ALERT_WEBHOOK_URL: '', ALERT_WEBHOOK_DEFAULT: 'http://alert-printer:8080/' });
    expect(readFileSync(file, 'utf8')).toBe('http://alert-printer:8080/');
  });

  it.each(['hooks.slack.com/T0/hidden', 'ftp://x/hidden', 'https://', 'https://a b/hidden'])(
    'refuses %j as a webhook, tells what is expected and not what it was',
    (url) => {
      expect(
        make(['--random', join(folder, 'none'), '--webhook', join(folder, 'w')], { ALERT_WEBHOOK_URL: url }),
      ).toEqual({
        status: 64,
        stdout: '',
        stderr: 'make-secrets: ALERT_WEBHOOK_URL: expected an http or https address\n',
      });
    },
  );

  it('fills an empty file, keeps one with something in it', () => {
    const [empty, kept] = [join(folder, 'empty'), join(folder, 'kept')];
    writeFileSync(empty, '');
    writeFileSync(kept, 'mine');
    expect(make(['--random', empty, '--random', kept])).toMatchObject({
      status: 0,
      stdout: `${empty}: made\n${kept}: kept\n`,
    });
    expect(readFileSync(empty, 'utf8')).toMatch(/^[\w-]{43}$/);
    expect(readFileSync(kept, 'utf8')).toBe('mine');
  });

  it('says where it cannot write', () => {
    writeFileSync(join(folder, 'file'), 'x');
    const { status, stderr } = make(['--random', join(folder, 'file/secret')]);
    expect([status, stderr]).toEqual([73, expect.stringContaining(join(folder, 'file'))]);
  });

  it('refuses what it does not know', () => {
    expect(make(['--all'])).toMatchObject({ status: 64, stderr: expect.stringContaining("'--all'") });
  });
});

describe('alert-printer', () => {
  let printer: RunningProgram;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}/`;
    printer = await startProgram({
      command: process.execPath,
      args: [script('print-alerts.mjs')],
      env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port) },
      isReady: (output) => output.includes('listens on'),
    });
  });
  afterAll(() => printer.stop());

  const send = async (body: string, method = 'POST') => {
    const answer = await fetch(url, { method, body });
    return [answer.status, await answer.text()];
  };

  it('prints a message of Slack as one line, whatever is in it', async () => {
    const attachments = [{ title: 'Alert: Down', text: 'one\ntwo\u001b[2J' }];
    expect(await send(JSON.stringify({ channel: '#alerts', attachments }))).toEqual([200, 'ok']);
    expect(printer.output().split('\n').slice(1)).toEqual(['#alerts | Alert: Down | one two [2J', '']);
  });

  it.each(['', 'no json', '{}', '[]', 'null', '{"attachments":[{}]}', '{"attachments":7}'])(
    'refuses %j',
    async (body) => expect(await send(body)).toEqual([400, 'invalid_payload']),
  );

  it('refuses another method', async () => expect(await send('{}', 'PUT')).toEqual([405, 'method_not_allowed']));
});

describe('programs-run', () => {
  it('wants the name of a program', () => {
    expect(spawnSync(process.execPath, [script('programs-run.mjs')]).status).toBe(64);
  });
});
