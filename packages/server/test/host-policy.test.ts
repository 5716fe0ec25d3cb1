import { expect, it } from 'vitest';
import { HostPolicy } from '../src/host-policy.js';
import { ask } from './ask.js';
import { served } from './served.js';

const refused = 'the Host header is none of this server: add the name to server.allowed_hosts if it is';
const crossOrigin = 'requests of pages of another origin are refused';

it.each([
  ['127.0.0.1:9464', undefined, undefined],
  ['127.1.2.3', undefined, undefined],
  ['localhost:9464', undefined, undefined],
  ['LOCALHOST', undefined, undefined],
  ['app.localhost', undefined, undefined],
  ['[::1]:9464', undefined, undefined],
  ['10.0.0.5:9464', undefined, undefined],
  ['monitor.internal:1', undefined, undefined],
  ['Monitor.Internal', undefined, undefined],
  ['10.0.0.6', undefined, refused],
  ['example.com', undefined, refused],
  ['localhost.example.com', undefined, refused],
  ['127.0.0.1.example.com', undefined, refused],
  ['notlocalhost', undefined, refused],
  ['monitor.internal.example.com', undefined, refused],
  ['example.com@127.0.0.1', undefined, refused],
  ['127.0.0.1/x', undefined, refused],
  ['0.0.0.0', undefined, refused],
  ['', undefined, refused],
  ['[', undefined, refused],
  ['localhost:9464', 'http://localhost:9464', undefined],
  ['localhost:9464', 'https://localhost:9464', undefined],
  ['localhost:9464', 'https://monitor.internal', undefined],
  ['localhost:9464', 'http://localhost:3000', crossOrigin],
  ['localhost:9464', 'http://127.0.0.1:9464', crossOrigin],
  ['localhost:9464', 'https://example.com', crossOrigin],
  ['localhost:9464', 'https://monitor.internal.example.com', crossOrigin],
  ['localhost:9464', 'null', crossOrigin],
  ['localhost:9464', '', crossOrigin],
  ['localhost:9464', 'file://', crossOrigin],
  ['localhost:9464', 'chrome-extension://localhost:9464', crossOrigin],
])('Host %s, Origin %s: %s', (host, origin, expected) => {
  const policy = new HostPolicy([' monitor.internal']);
  const headers = new Headers({ host, ...(origin !== undefined && { origin }) });
  const asked = { headers, url: 'http://unused/' } as Request;
  expect(policy.refusal(asked, { isLocal: true, ownAddress: '10.0.0.5' })).toBe(expected);
});

it('the server refuses with 403 before it looks for a token, and answers probes by any name', async () => {
  const { url } = await served({}, { tokens: { viewer: 'view-1' } });
  const rebound = { host: 'example.com', authorization: 'Bearer view-1' };
  expect(await ask(url, '/metrics', rebound)).toMatchObject({ status: 403, body: JSON.stringify({ error: refused }) });
  const other = { origin: 'https://example.com', authorization: 'Bearer view-1' };
  expect(await ask(url, '/health', other)).toMatchObject({ status: 403, body: JSON.stringify({ error: crossOrigin }) });
  expect((await ask(url, '/livez', { host: 'pod-7.cluster' })).status).toBe(200);
});

it('an allowed name is served', async () => {
  const { url } = await served({}, { allowedHosts: ['monitor.internal'] });
  expect((await ask(url, '/metrics', { host: 'monitor.internal' })).status).toBe(200);
  expect((await ask(url, '/metrics', { host: 'other.internal' })).status).toBe(403);
});
