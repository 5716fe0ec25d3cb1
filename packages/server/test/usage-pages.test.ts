import { describe, expect, it } from 'vitest';
import type { UsageSource } from '../src/index.js';
import { ask } from './ask.js';
import { served } from './served.js';

/** A source that gives back what it was asked. */
const usage: UsageSource = {
  summary: () => ({ day: '2026-11-24' }),
  features: (options) => [options],
  feature: (name, options) => (name === 'batch extraction' ? { name, ...options } : undefined),
  activeUsers: (options) => ({ daily: { users: 1 }, ...options }),
  releases: (options) => [options],
  workflows: (options) => [options],
  workflow: (name, options) => (name === 'import' ? { name, ...options } : undefined),
  flags: (options) => [options],
};

describe('the pages of usage', () => {
  it.each([
    ['/usage', 200, { day: '2026-11-24' }],
    ['/usage/features', 200, { features: [{}] }],
    [
      '/usage/features?sort=users&limit=5&since=2026-11-01',
      200,
      { features: [{ sort: 'users', limit: 5, since: Date.UTC(2026, 10, 1) }] },
    ],
    ['/usage/features/batch%20extraction?since=5', 200, { name: 'batch extraction', since: 5 }],
    ['/usage/features/nothing', 404, { error: 'there is nothing known by this name' }],
    ['/usage/users?days=7', 200, { daily: { users: 1 }, days: 7 }],
    ['/usage/releases?days=400', 200, { releases: [{ days: 400 }] }],
    ['/usage/workflows?days=1', 200, { workflows: [{ days: 1 }] }],
    ['/usage/workflows/import', 200, { name: 'import' }],
    ['/usage/workflows/export', 404, { error: 'there is nothing known by this name' }],
    ['/usage/flags', 200, { flags: [{}] }],
  ])('%s', async (path, status, body) => {
    const { url } = await served({ usage });
    const answer = await ask(url, path);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, body]);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  it.each([
    ['/usage/features?sort=size', 'sort', 'size', 'one of uses, users, failures, last_used, name'],
    ['/usage/workflows?days=401', 'days', '401', 'a whole number from 1 to 400'],
    ['/usage?days=1', 'days', '1', 'no such parameter: one of none'],
  ])('%s is a 400 that says why', async (path, at, found, expected) => {
    const { url } = await served({ usage });
    const answer = await ask(url, path);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { error: 'the query cannot be used', problems: [{ path: at, found, expected }] },
    ]);
  });

  it('are for viewers: whoever is local where there are no tokens, and who has one where there are', async () => {
    const { url } = await served({ usage }, { tokens: { viewer: 'v' } });
    expect((await ask(url, '/usage')).status).toBe(401);
    expect((await ask(url, '/usage', { authorization: 'Bearer v' })).status).toBe(200);
    const without = await served();
    expect((await ask(without.url, '/usage')).status).toBe(404);
  });
});
