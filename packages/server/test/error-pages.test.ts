import type { ErrorGroupDetails, ErrorGroupsOptions, ErrorSummary } from '@otel-monitor/errors';
import { describe, expect, it } from 'vitest';
import type { ErrorSource, ServerOptions } from '../src/index.js';
import { ask } from './ask.js';
import { served } from './served.js';

const tokens = { viewer: 'viewer-token', operator: 'operator-token' };
const asOperator = { authorization: 'Bearer operator-token' };
const group = { id: '0123456789abcdef', title: 'order <n> has no address', count: 2 } as ErrorGroupDetails;
const summary = { errors: 2, groups: { held: 1 } } as ErrorSummary;

/** A source of one group that remembers what it was asked for. */
function made() {
  const asked: (ErrorGroupsOptions | undefined)[] = [];
  const errors: ErrorSource = {
    summary: () => summary,
    groups: (options) => {
      asked.push(options);
      return [group];
    },
    get: (id) => (id === group.id ? group : undefined),
  };
  return { asked, errors };
}

async function page(path: string, headers: Record<string, string> = asOperator, options: ServerOptions = { tokens }) {
  const { errors, asked } = made();
  const { url } = await served({ errors }, options);
  const { status, body, headers: answered } = await ask(url, path, headers);
  return { status, body: JSON.parse(body) as unknown, headers: answered, asked };
}

describe('the pages of errors', () => {
  it.each([
    ['/errors/summary', 200, summary],
    ['/errors/groups', 200, { groups: [group] }],
    ['/errors/0123456789abcdef', 200, group],
    ['/errors/fedcba9876543210', 404, { error: 'there is no such group, and no such error in one' }],
  ])('%s', async (path, status, body) => {
    const answer = await page(path);
    expect([answer.status, answer.body]).toEqual([status, body]);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('hand every filter on, as what it means', async () => {
    const { asked } = await page(
      '/errors/groups?severity=critical&operation=read%20orders&release=1.2.3&trend=rising&since=2026-11-24T00:00:00Z&sort=count&limit=10&offset=20',
    );
    expect(asked).toEqual([
      {
        severity: 'critical',
        operation: 'read orders',
        release: '1.2.3',
        trend: 'rising',
        since: Date.UTC(2026, 10, 24),
        sort: 'count',
        limit: 10,
        offset: 20,
      },
    ]);
  });

  it.each([
    ['/errors/groups?severity=fatal', 'severity', 'fatal', 'one of info, warning, error, critical'],
    ['/errors/groups?trend=up', 'trend', 'up', 'one of new, rising, steady, falling, regressed'],
    ['/errors/groups?sort=age', 'sort', 'age', 'one of last_seen, first_seen, count, users, rate'],
    ['/errors/groups?limit=1000', 'limit', '1000', 'a whole number from 1 to 500'],
    ['/errors/summary?limit=1', 'limit', '1', 'no such parameter: one of none'],
    ['/errors/0123456789abcdef?x=1', 'x', '1', 'no such parameter: one of none'],
  ])('%s is a 400 that says why', async (path, at, found, expected) => {
    const answer = await page(path);
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: 'the query cannot be used', problems: [{ path: at, found, expected }] },
    ]);
    expect(answer.asked).toEqual([]);
  });

  it.each(['/errors/summary', '/errors/groups', '/errors/0123456789abcdef'])(
    '%s always wants the token of an operator',
    async (path) => {
      expect((await page(path, {})).status).toBe(401);
      expect((await page(path, { authorization: 'Bearer viewer-token' })).status).toBe(403);
      // a local caller without tokens, and everybody where none are asked for, is a viewer and no more
      expect((await page(path, {}, {})).status).toBe(403);
      expect((await page(path, {}, { auth: 'none' })).status).toBe(403);
      expect((await page(path)).status).toBe(200);
    },
  );

  it('answer HEAD with the head alone, and POST not at all', async () => {
    const { errors } = made();
    const { url } = await served({ errors }, { tokens });
    const head = await ask(url, '/errors/groups', asOperator, 'HEAD');
    expect([head.status, head.body]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBe(JSON.stringify({ groups: [group] }).length);
    expect((await ask(url, '/errors/groups', asOperator, 'POST')).status).toBe(405);
  });

  it('are not there without a source, and a source that fails says nothing', async () => {
    const without = await served({}, { tokens });
    expect((await ask(without.url, '/errors/summary', asOperator)).status).toBe(404);
    const failing = () => {
      throw new Error('secret');
    };
    const { url } = await served({ errors: { summary: failing, groups: failing, get: failing } }, { tokens });
    expect(await ask(url, '/errors/summary', asOperator)).toMatchObject({ status: 500, body: 'this page failed\n' });
  });
});
