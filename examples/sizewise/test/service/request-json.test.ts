import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestJson } from '../../src/service/request-json.js';
import { type JsonServer, startJsonServer } from '../json-server.js';

describe('a call of another service', () => {
  let server: JsonServer;
  beforeEach(async () => {
    server = await startJsonServer((path): readonly [number, unknown] | Promise<never> => {
      if (path === '/refuses') return [404, { error: { code: 'unknown_fitting', message: 'no such fitting' } }];
      if (path === '/fails') return [500, { error: { code: 'internal', message: 'the service failed' } }];
      if (path === '/html') return [200, '<html>'];
      if (path === '/strange') return [400, ['?']];
      if (path === '/never') return new Promise<never>(() => {});
      return [200, { path }];
    });
  });
  afterEach(() => server.close());

  const ask = (path: string, more: { body?: unknown; timeoutMillis?: number } = {}) =>
    requestJson({ service: 'catalogue', url: `${server.url}${path}`, timeoutMillis: 5_000, ...more });

  it('gives what it answers, and sends a body as JSON', async () => {
    expect(await ask('/good')).toEqual({ path: '/good' });
    await ask('/good', { body: { a: 1 } });
    expect(server.requests[1]).toEqual({ path: '/good', body: { a: 1 } });
  });

  it.each([
    ['refuses', '/refuses', { code: 'unknown_fitting', status: 404, message: 'no such fitting' }],
    [
      'fails',
      '/fails',
      { code: 'catalogue_failed', status: 502, message: 'catalogue answered 500: the service failed' },
    ],
    ['answers in something else', '/html', { code: 'catalogue_failed', status: 502 }],
    ['refuses without a reason', '/strange', { code: 'catalogue_failed', message: 'catalogue answered 400' }],
  ])('says so when it %s', async (_what, path, expected) => {
    await expect(ask(path)).rejects.toMatchObject(expected);
  });

  it('says so when the answer takes too long', async () => {
    const expected = { code: 'catalogue_timeout', name: 'catalogue_timeout', status: 504 };
    await expect(ask('/never', { timeoutMillis: 50 })).rejects.toMatchObject(expected);
  });

  it('says so when nobody answers', async () => {
    await server.close();
    await expect(ask('/good')).rejects.toMatchObject({ code: 'catalogue_unavailable', status: 503 });
  });
});
