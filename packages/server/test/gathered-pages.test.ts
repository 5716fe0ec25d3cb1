import type { ErrorGroupDetails, ErrorSummary } from '@otel-monitor/errors';
import { describe, expect, it } from 'vitest';
import type { ErrorSource, GatheredPages, ServerSources, UsageSource } from '../src/index.js';
import { ask } from './ask.js';
import { served } from './served.js';

const tokens = { viewer: 'viewer-token', operator: 'operator-token' };
const group = { id: '0123456789abcdef', count: 2 } as ErrorGroupDetails;
const workers = { present: 4, missing: ['3'], leftOut: 0 };

const errorsOf = (count: number): ErrorSource => ({
  summary: () => ({ errors: count }) as ErrorSummary,
  groups: () => [{ ...group, count }],
  get: (id) => (id === group.id ? { ...group, count } : undefined),
});

const usageOf = (uses: number): UsageSource => ({
  summary: () => ({ uses }),
  features: () => [{ uses }],
  feature: (name) => (name === 'export' ? { uses } : undefined),
  activeUsers: () => ({ uses }),
  releases: () => [{ uses }],
  workflows: () => [{ uses }],
  workflow: () => undefined,
  flags: () => [{ uses }],
});

async function page(path: string, gathered?: ServerSources['gathered']) {
  const sources = { errors: errorsOf(1), usage: usageOf(1), ...(gathered && { gathered }) };
  const { url } = await served(sources, { tokens });
  const { status, body } = await ask(url, path, { authorization: 'Bearer operator-token' });
  return [status, JSON.parse(body) as unknown];
}

const ofAll = async (): Promise<GatheredPages> => ({ errors: errorsOf(9), usage: usageOf(9), workers });

describe('pages of errors and usage of several processes', () => {
  it.each([
    ['/errors/summary', 200, { errors: 9, workers }],
    ['/errors/groups', 200, { groups: [{ ...group, count: 9 }], workers }],
    ['/errors/0123456789abcdef', 200, { ...group, count: 9, workers }],
    ['/errors/0', 404, { error: 'there is no such group, and no such error in one', workers }],
    ['/usage', 200, { uses: 9, workers }],
    ['/usage/features', 200, { features: [{ uses: 9 }], workers }],
    ['/usage/features/export', 200, { uses: 9, workers }],
    ['/usage/features/import', 404, { error: 'there is nothing known by this name', workers }],
    ['/usage/users', 200, { uses: 9, workers }],
    ['/usage/releases', 200, { releases: [{ uses: 9 }], workers }],
    ['/usage/workflows', 200, { workflows: [{ uses: 9 }], workers }],
    ['/usage/flags', 200, { flags: [{ uses: 9 }], workers }],
  ])('%s says who is missing', async (path, status, body) => {
    expect(await page(path, ofAll)).toEqual([status, body]);
  });

  it('of one process are its own, and tell of no workers', async () => {
    expect(await page('/errors/summary', async () => undefined)).toEqual([200, { errors: 1 }]);
    expect(await page('/usage', async () => undefined)).toEqual([200, { uses: 1 }]);
    expect(await page('/usage')).toEqual([200, { uses: 1 }]);
  });

  it('whose gathering fails are an error and nothing else', async () => {
    const gathered = () => Promise.reject(new Error('secret inside'));
    const { url } = await served({ errors: errorsOf(1), gathered }, { tokens });
    const { status, body } = await ask(url, '/errors/summary', { authorization: 'Bearer operator-token' });
    expect([status, body]).toEqual([500, 'this page failed\n']);
  });

  it('ask nobody for a query that cannot be used', async () => {
    let asked = 0;
    const counting = () => {
      asked += 1;
      return ofAll();
    };
    expect(await page('/errors/groups?limit=none', counting)).toMatchObject([400, {}]);
    expect(await page('/usage?no=such', counting)).toMatchObject([400, {}]);
    expect(asked).toBe(0);
  });
});
