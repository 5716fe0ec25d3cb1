import { describe, expect, it } from 'vitest';
import { overview } from './made-overview.js';
import { answering, run } from './run.js';

const healthOf = (status: string) => ({
  ...overview,
  snapshot: { ...overview.snapshot, health: { status, components: [] } },
});

describe('status', () => {
  it('shows everything in lines that fit', async () => {
    const { exitCode, stdout, stderr } = await run(['status'], { fetch: answering(overview) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('./expected/status.txt');
    expect(stdout.split('\n').filter((line) => [...line].length > 100)).toEqual([]);
  });

  it('says little of a service that has recorded nothing', async () => {
    const empty = {
      snapshot: {
        time: '2026-11-24T12:00:10.000Z',
        service: { name: 'shop' },
        operations: [],
        errors: { total: 0, ratePerMinute: 0, byType: {}, bySeverity: {}, byOperation: {} },
        usage: { features: [], workflows: [] },
        caches: [],
        health: { status: 'unknown', components: [] },
        resources: {},
        custom: {},
        series: { overflow: [] },
      },
      status: {},
    };
    const { exitCode, stdout } = await run(['status', '--url', 'http://host:1/monitor/'], { fetch: answering(empty) });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`\
shop · unknown · 2026-11-24T12:00:10.000Z
metrics at http://host:1/monitor/metrics

HEALTH  unknown, no components are checked

OPERATIONS  none yet

ERRORS  0 in all, 0/min
`);
  });

  it.each([
    ['healthy', 0],
    ['unknown', 0],
    ['degraded', 1],
    ['unhealthy', 2],
  ])('exits by health: %s is %s', async (status, expected) => {
    expect((await run(['status'], { fetch: answering(healthOf(status)) })).exitCode).toBe(expected);
    expect((await run(['status', '--json'], { fetch: answering(healthOf(status)) })).exitCode).toBe(expected);
  });

  it('--json prints what the service said', async () => {
    const { stdout } = await run(['status', '--json'], { fetch: answering(overview) });
    expect(JSON.parse(stdout)).toEqual(overview);
  });

  it('asks the address that it is given, with the token that it is given or finds', async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      asked.push(`${url} ${new Headers(init?.headers).get('authorization')} ${init?.redirect}`);
      return Response.json(overview);
    };
    await run(['status'], { fetch });
    await run(['status', '--url', 'https://host/monitor/', '--token', 'own'], {
      fetch,
      env: { OTEL_MONITOR_TOKEN_VIEWER: 'v' },
    });
    await run(['status'], { fetch, env: { OTEL_MONITOR_TOKEN_ADMIN: 'a', OTEL_MONITOR_TOKEN_OPERATOR: 'o' } });
    await run(['status'], { fetch, env: { OTEL_MONITOR_TOKEN_VIEWER_FILE: 'expected/token.txt' } });
    expect(asked).toEqual([
      'http://127.0.0.1:9464/dashboard/overview null error',
      'https://host/monitor/dashboard/overview Bearer own error',
      'http://127.0.0.1:9464/dashboard/overview Bearer o error',
      'http://127.0.0.1:9464/dashboard/overview Bearer from-a-file error',
    ]);
  });
});

describe('a service that cannot be asked', () => {
  const unlike = 'otel-monitor: http://127.0.0.1:9464 answers (status 200), but not as otel-monitor does\n';
  it.each([
    ['nobody', undefined, 3, 'http://127.0.0.1:9464 cannot be reached: nothing listens there (ECONNREFUSED)'],
    ['no JSON', answering('<html>'), 3, unlike],
    ['nothing', answering(''), 3, unlike],
    ['other JSON', answering([1, 2]), 3, 'http://127.0.0.1:9464 answers, but not as otel-monitor does'],
    ['null', answering('null'), 3, 'http://127.0.0.1:9464 answers, but not as otel-monitor does'],
    [
      'a page that is not there',
      answering({ error: 'x' }, 404),
      3,
      'answers (status 404), but not as otel-monitor does',
    ],
    ['a page that failed', answering('this page failed', 500), 3, 'answers (status 500), but not as otel-monitor does'],
    ['401', answering({ error: 'a token is needed' }, 401), 64, 'refuses: a token is needed (give a token by OTEL_MON'],
    ['403', answering('\u001b[31mno', 403), 64, 'refuses: status 403 (give a token by OTEL_MONITOR_TOKEN_VIEWER'],
  ])('%s', async (_who, fetch, expected, message) => {
    const { exitCode, stdout, stderr } = await run(['status'], fetch && { fetch });
    expect(exitCode).toBe(expected);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('a token that is not good', async () => {
    const fetch = answering({ error: 'the token is not known' }, 401);
    const { exitCode, stderr } = await run(['status', '--token', 'wrong'], { fetch });
    expect(exitCode).toBe(64);
    expect(stderr).toBe(
      'otel-monitor: http://127.0.0.1:9464 refuses: the token is not known (the token is not good)\n',
    );
  });

  it('--json says so in JSON too', async () => {
    const { stdout } = await run(['status', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      error: 'http://127.0.0.1:9464 cannot be reached: nothing listens there (ECONNREFUSED)',
    });
  });
});

describe('bad usage is 64, and help is 0', () => {
  it.each([
    [[]],
    [['nothing']],
    [['status', '--nothing']],
    [['status', 'extra']],
    [['status', '--url']],
    [['status', '--url', 'nonsense']],
    [['status', '--url', 'ftp://127.0.0.1']],
    [['status', '--url', 'http://user:pass@127.0.0.1']],
    [['status', '--token', 'two words']],
    [['config']],
    [['config', 'nothing']],
    [['config', 'validate', 'a', 'b']],
  ])('%j', async (args) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect(exitCode).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('two words');
    expect(stderr).not.toContain('pass@');
  });

  it.each([[['--help']], [['status', '--help']], [['help', 'doctor']]])('%j', async (args) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Usage: otel-monitor');
  });
});
