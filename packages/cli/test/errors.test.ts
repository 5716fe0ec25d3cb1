import { describe, expect, it } from 'vitest';
import { sinceTime } from '../src/service/since-time.js';
import { answering, run } from './run.js';

const group = {
  id: '0123456789abcdef',
  title: 'order <n> has no address',
  culprit: 'readOrder (orders.js)',
  errorType: 'OrderError',
  severity: 'critical',
  count: 1204,
  users: 37,
  usersEstimated: true,
  firstSeen: '2026-11-20T08:00:00.000Z',
  lastSeen: '2026-11-24T12:00:00.000Z',
  firstRelease: '1.4.0',
  lastRelease: '1.4.1',
  trend: 'rising',
  recent: { lastHour: 12, lastDay: 90, lastWeek: 1204 },
  operations: [{ name: 'read_orders', count: 1200 }],
};
const whole = {
  ...group,
  stack: `    at readOrder (orders.js:12:9)\n${Array.from({ length: 30 }, (_, line) => `    at step${line} (\u001b[31mmain.js:${line}:1)`).join('\n')}`,
  samples: [
    { id: 'a'.repeat(32), at: '2026-11-24T12:00:00.000Z', message: 'order 7 has no address', traceId: 'b'.repeat(32) },
  ],
};
const summary = {
  errors: 1300,
  recent: { lastHour: 15, lastDay: 100 },
  groups: { held: 2, evicted: { groups: 1, errors: 5 }, expired: { groups: 0, errors: 0 } },
  records: { written: 1200, heldBack: 100, sampledOut: 0 },
};

/** A service of one group, and what it was asked. */
function service() {
  const asked: { path: string; authorization: string | null }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, search } = new URL(String(input));
    asked.push({ path: pathname + search, authorization: new Headers(init?.headers).get('authorization') });
    if (pathname === '/errors/summary') return Response.json(summary);
    if (pathname === '/errors/groups') return Response.json({ groups: [group] });
    return Response.json(whole);
  };
  return { asked, fetch };
}

describe('errors', () => {
  it('shows the groups, and what is told of no more', async () => {
    const { fetch } = service();
    const { exitCode, stdout, stderr } = await run(['errors'], { fetch });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(`\
ERRORS  1,300 in all, 15 in the last hour, 100 in the last day, 2 groups
  not told      100 held back by rate control, 5 in groups that made room

GROUPS              count  last hour  users   trend  severity
  0123456789abcdef  1,204         12     37  rising  critical
    OrderError: order <n> has no address
`);
  });

  it('shows one group with its stack and samples, in lines that fit and do nothing to a terminal', async () => {
    const { fetch, asked } = service();
    const { exitCode, stdout } = await run(['errors', '0123456789abcdef'], { fetch });
    expect(exitCode).toBe(0);
    expect(asked.map(({ path }) => path)).toEqual(['/errors/0123456789abcdef']);
    await expect(stdout).toMatchFileSnapshot('./expected/error-group.txt');
    expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001b');
  });

  it('hands filters on, and asks with the token of an operator before that of an admin, and never with a viewer’s', async () => {
    const { fetch, asked } = service();
    const env = {
      OTEL_MONITOR_TOKEN_VIEWER: 'v',
      OTEL_MONITOR_TOKEN_OPERATOR: 'o',
      OTEL_MONITOR_TOKEN_ADMIN: 'a',
    };
    await run(['errors', '--json', '--severity', 'critical', '--operation', 'read orders', '--limit', '5'], {
      fetch,
      env,
    });
    expect(asked).toEqual([
      { path: '/errors/groups?severity=critical&operation=read+orders&limit=5', authorization: 'Bearer o' },
    ]);
  });

  it('says whose errors are not in it', async () => {
    const workers = { present: 5, missing: ['primary', '3', '4/thread/2'], leftOut: 7 };
    const fetch: typeof globalThis.fetch = async (input) =>
      Response.json(
        String(input).includes('/groups') ? { groups: [group], workers } : { ...whole, ...summary, workers },
      );
    const line = '  not in it     primary, worker 3, worker 4/thread/2, 7 entries that had no room\n';
    expect((await run(['errors'], { fetch })).stdout).toContain(line);
    expect((await run(['errors', 'x'], { fetch })).stdout).toContain(line);
  });

  it('names a type once, though the title of a group has it too', async () => {
    const titles = ['OrderError: order <n> has no address', 'OrderError', 'order <n>', ''];
    const groups = titles.map((title) => ({ ...group, title }));
    const { stdout } = await run(['errors'], { fetch: answering({ groups }) });
    expect(stdout.split('\n').filter((line) => line.startsWith('    '))).toEqual([
      '    OrderError: order <n> has no address',
      '    OrderError',
      '    OrderError: order <n>',
      '    OrderError',
    ]);
  });

  it('takes how long ago as a time', async () => {
    for (const [given, millis] of [
      ['30m', 1_800_000],
      ['24h', 86_400_000],
      ['7d', 604_800_000],
    ] as const) {
      expect(sinceTime(given, Date.UTC(2026, 10, 24))).toBe(new Date(Date.UTC(2026, 10, 24) - millis).toISOString());
    }
    for (const given of ['2026-11-24', '1700000000000', '7 d', '', '9999999d']) expect(sinceTime(given, 0)).toBe(given);
    const { fetch, asked } = service();
    const before = Date.now();
    await run(['errors', '--since', '1h', '--json'], { fetch });
    const since = Date.parse(new URL(asked[0]!.path, 'http://x').searchParams.get('since') ?? '');
    expect(since).toBeGreaterThanOrEqual(before - 3_600_000);
    expect(since).toBeLessThanOrEqual(Date.now() - 3_600_000);
  });

  it('--json prints what the service said', async () => {
    const { fetch } = service();
    expect(JSON.parse((await run(['errors', '--json'], { fetch })).stdout)).toEqual({ groups: [group] });
    expect(JSON.parse((await run(['errors', 'x', '--json'], { fetch })).stdout)).toEqual(whole);
  });

  it.each([
    [
      400,
      { error: 'the query cannot be used', problems: [{ path: 'trend', found: 'up', expected: 'one of new, rising' }] },
      '--trend: found up, expected one of new, rising',
    ],
    [404, { error: 'there is no such group, and no such error in one' }, 'there is no such group'],
    [401, { error: 'a token is needed' }, 'give a token by OTEL_MONITOR_TOKEN_OPERATOR or --token'],
  ])('tells what a service refuses: %i', async (status, body, words) => {
    const { exitCode, stderr } = await run(['errors', 'x'], { fetch: answering(body, status) });
    expect(exitCode).toBe(64);
    expect(stderr).toContain(words);
  });

  it('says that there are none, and withstands any answer', async () => {
    const none = answering({ groups: [], errors: 0 });
    expect((await run(['errors'], { fetch: none })).stdout).toContain('GROUPS  none that fit');
    for (const body of [[], 7, null, { groups: [null, 3, { title: {} }] }]) {
      expect((await run(['errors'], { fetch: answering(body) })).exitCode).toBe(0);
      expect((await run(['errors', 'x'], { fetch: answering(body) })).exitCode).toBe(0);
    }
  });
});
