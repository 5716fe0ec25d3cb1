import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireValue } from '../src/service/wire-value.js';
import { usageText } from '../src/usage/usage-text.js';
import { answering, run } from './run.js';

const pages: Record<string, object> = {
  '/usage': {
    day: '2026-11-24',
    firstDay: '2026-10-02',
    activeUsers: {
      daily: { users: 42 },
      weekly: { users: 180, change: 0.25 },
      monthly: { users: 510, change: -0.031 },
    },
    today: { uses: 1204, failures: 12, successRate: 0.99 },
    month: { uses: 40_321, failures: 12, successRate: 0.9997 },
    dropped: { features: 2, days: 0, workflows: { runs: 3 }, flags: { variants: 0 } },
    workers: { present: 4, missing: ['3'], leftOut: 0 },
  },
  '/usage/features': {
    features: [
      {
        name: 'batch_extraction',
        uses: 40_000,
        successRate: 0.9997,
        users: 400,
        adoption: 0.784,
        lastUsed: '2026-11-24T12:00:00Z',
      },
      { name: 'palette \u001b[31mexport', uses: 321, users: 0, lastUsed: '2026-11-20T12:00:00Z' },
    ],
  },
  '/usage/releases': {
    releases: [{ release: '1.4.0', uses: 40_321, shareOfUses: 1, users: 510, shareOfUsers: 1, firstDay: '2026-11-01' }],
  },
  '/usage/workflows': {
    workflows: [
      {
        name: 'import',
        runs: { started: 120, completed: 90, failed: 10, abandoned: 20, inProgress: 0, interrupted: 0 },
        conversion: 0.75,
        secondsToComplete: { p50: 12.5 },
        steps: [
          {
            name: 'upload',
            reached: 110,
            conversionFromStart: 0.9167,
            left: { failed: 4, abandoned: 6 },
            secondsInStep: { p50: 3 },
          },
          { name: 'check', reached: 100, conversionFromStart: 0.8333, left: { failed: 6, abandoned: 4 } },
        ],
      },
    ],
  },
  '/usage/flags': {
    flags: [
      {
        flag: 'new-export',
        evaluations: 900,
        variants: [
          { variant: 'off', evaluations: 450, users: 200 },
          { variant: 'on', evaluations: 450, users: 210 },
        ],
      },
    ],
  },
};

/** A service, and what it was asked. */
function service() {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const { pathname, search } = new URL(String(input));
    asked.push(pathname + search);
    return Response.json(pages[pathname]);
  };
  return { asked, fetch };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const dangerous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe('usage', () => {
  it('shows everything in lines that fit and do nothing to a terminal', async () => {
    const { fetch } = service();
    const { exitCode, stdout, stderr } = await run(['usage'], { fetch });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('./expected/usage.txt');
    expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
    expect(stdout).not.toMatch(dangerous);
  });

  it('asks every page for the same days', async () => {
    const { fetch, asked } = service();
    await run(['usage', '--days', '7', '--limit', '3'], { fetch });
    const first = new Date(Math.floor(Date.now() / 86_400_000 - 6) * 86_400_000).toISOString();
    expect(asked.sort()).toEqual([
      '/usage',
      `/usage/features?${new URLSearchParams({ since: first, limit: '3' })}`,
      '/usage/flags?days=7',
      '/usage/releases?days=7',
      '/usage/workflows?days=7',
    ]);
  });

  it('--json prints what the pages said, by their names', async () => {
    const { fetch } = service();
    const { stdout } = await run(['usage', '--json'], { fetch });
    expect(stdout).not.toMatch(dangerous);
    expect(JSON.parse(stdout)).toEqual({
      summary: pages['/usage'],
      ...Object.fromEntries(
        ['features', 'releases', 'workflows', 'flags'].map((name) => [name, pages[`/usage/${name}`]]),
      ),
    });
  });

  it.each([
    [['--days', '0'], 'expected a whole number from 1 to 400'],
    [['--days', 'x'], 'expected a whole number from 1 to 400'],
  ])('refuses %j', async (args, words) => {
    const { exitCode, stderr } = await run(['usage', ...args], service());
    expect(exitCode).toBe(64);
    expect(stderr).toContain(words);
  });

  it.each([
    [
      400,
      { error: 'no', problems: [{ path: 'days', found: '999', expected: 'a whole number' }] },
      64,
      '--days: found 999',
    ],
    [401, { error: 'a token is needed' }, 64, 'give a token by OTEL_MONITOR_TOKEN_VIEWER or --token'],
    [200, { hello: 'world' }, 3, 'not as otel-monitor does'],
    [404, { error: 'no such page' }, 3, 'not as otel-monitor does'],
  ])('tells what a service answers: %i %j', async (status, body, code, words) => {
    const { exitCode, stderr } = await run(['usage'], { fetch: answering(body, status) });
    expect(exitCode).toBe(code);
    expect(stderr).toContain(words);
  });

  it('says little of a service that nobody has used', async () => {
    const none = { day: '2026-11-24', firstDay: '2026-11-24', activeUsers: { daily: { users: 0 } } };
    const { stdout } = await run(['usage'], { fetch: answering(none) });
    expect(stdout).toBe(`\
USAGE  2026-11-24, known since 2026-11-24; below: the last 28 days
  users         0 today, - in 7 days, - in 28 days
  today         0 uses
  28 days       0 uses

FEATURES  none were used
`);
  });

  it('of any JSON in any place is lines that fit', () => {
    const odd = fc.oneof(fc.double(), fc.string({ unit: 'binary' }), fc.constant(null), fc.jsonValue());
    const names = ['summary', 'features', 'releases', 'workflows', 'flags'];
    const all = Object.fromEntries(names.map((name, index) => [name, Object.values(pages)[index]]));
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 20 }), fc.nat(), (values, seed) => {
        let leaf = seed;
        const replaced = JSON.parse(JSON.stringify(all), (_key, value) => {
          if (typeof value === 'object') return value;
          leaf += 1;
          return leaf % 3 === 0 ? values[leaf % values.length] : value;
        });
        const text = usageText(new WireValue(replaced), '28');
        expect(text).not.toMatch(dangerous);
        expect(text.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
