import { describe, expect, it } from 'vitest';
import { Access } from '../src/access.js';
import { createEndpoints } from '../src/index.js';
import { ask } from './ask.js';
import { madeSources } from './made-sources.js';
import { served } from './served.js';

const tokens = { viewer: 'view-1', operator: 'operate-1', admin: 'admin-1' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const viewerPages = ['/metrics', '/health', '/health/components', '/health/database', '/dashboard/overview'];

describe('with tokens', () => {
  it.each(Object.entries(tokens))('a %s may read every page of viewers', async (_role, token) => {
    const { url } = await served({}, { tokens });
    for (const path of viewerPages) expect((await ask(url, path, bearer(token))).status, path).toBe(200);
  });

  it('nobody else may, on loopback neither', async () => {
    const { url } = await served({}, { tokens: { admin: 'admin-1' } });
    for (const path of viewerPages) {
      const { status, headers, body } = await ask(url, path);
      expect(status, path).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer realm="otel-monitor"');
      expect(JSON.parse(body)).toEqual({ error: 'a token is needed: Authorization: Bearer <token>' });
    }
  });

  it.each([
    ['another token', 'Bearer view-2'],
    ['a beginning of one', 'Bearer view-'],
    ['more than one', 'Bearer view-1 view-1'],
    ['no token', 'Bearer '],
    ['another scheme', 'Basic dmlldy0xOg=='],
    ['the token alone', 'view-1'],
    ['a very long one', `Bearer ${'x'.repeat(8000)}`],
  ])('%s is a 401', async (_what, authorization) => {
    const { url } = await served({}, { tokens });
    const answer = await ask(url, '/metrics', { authorization });
    expect(answer.status).toBe(401);
    expect(answer.body).toBe('{"error":"the token is not known"}');
  });

  it('the scheme is written in any case', async () => {
    const { url } = await served({}, { tokens });
    expect((await ask(url, '/metrics', { authorization: 'bearer view-1' })).status).toBe(200);
  });

  it('probes need none', async () => {
    const { url } = await served({}, { tokens });
    for (const path of ['/livez', '/readyz', '/startupz']) expect((await ask(url, path)).status).toBe(200);
  });

  it('an empty token is none', () => {
    expect(createEndpoints(madeSources(), { tokens: { viewer: '' } }).isForLocalCallers).toBe(true);
  });
});

describe('who may do what', () => {
  const local = { isLocal: true, ownAddress: '127.0.0.1' };
  const remote = { isLocal: false, ownAddress: '10.0.0.1' };
  const given = (token?: string) => new Headers(token === undefined ? {} : bearer(token));
  const roles = ['viewer', 'operator', 'admin'] as const;
  const verdicts = (access: Access, token: string | undefined, caller: typeof local) =>
    roles.map((role) => access.check(role, given(token), caller));

  it.each([
    ['admin-1', ['allowed', 'allowed', 'allowed']],
    ['operate-1', ['allowed', 'allowed', 'role too low']],
    ['view-1', ['allowed', 'role too low', 'role too low']],
    ['other', ['bad token', 'bad token', 'bad token']],
    [undefined, ['no token', 'no token', 'no token']],
  ])('the token %s', (token, expected) => {
    expect(verdicts(new Access({ tokens }), token, local)).toEqual(expected);
  });

  it('a token that has two roles has the higher', () => {
    expect(verdicts(new Access({ tokens: { viewer: 'same', admin: 'same' } }), 'same', remote)).toEqual([
      'allowed',
      'allowed',
      'allowed',
    ]);
  });

  it('without tokens a local caller is a viewer and nothing more, and a remote one nothing', () => {
    expect(verdicts(new Access({}), undefined, local)).toEqual(['allowed', 'role too low', 'role too low']);
    expect(verdicts(new Access({}), undefined, remote)).toEqual(['no token', 'no token', 'no token']);
  });

  it('with auth none everybody is a viewer, and a token is good for more', () => {
    const access = new Access({ auth: 'none', tokens: { admin: 'admin-1' } });
    expect(verdicts(access, undefined, remote)).toEqual(['allowed', 'role too low', 'role too low']);
    expect(verdicts(access, 'admin-1', remote)).toEqual(['allowed', 'allowed', 'allowed']);
  });
});

it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
  'a caller behind a proxy (%s) is not local',
  async (name) => {
    const { url } = await served();
    expect((await ask(url, '/metrics', { [name]: '203.0.113.7' })).status).toBe(401);
    expect((await ask(url, '/livez', { [name]: '203.0.113.7' })).status).toBe(200);
  },
);
