import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEndpoints, listen, ServerConfigError, ServerListenError } from '../src/index.js';
import { ask } from './ask.js';
import { madeSources } from './made-sources.js';
import { served } from './served.js';

const local = { host: '127.0.0.1', port: 0 };

async function connected(url: string, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** Less than Node itself takes to end a connection that is idle (5 s), or that never ends its headers (5 s and more). */
const BEFORE_NODE_MILLIS = 4_000;

async function millis(work: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work;
  return performance.now() - begin;
}

describe('where it may listen', () => {
  it.each(['0.0.0.0', '::', '', '192.0.2.1', 'example.com'])('on %j not without tokens', async (host) => {
    const started = listen(createEndpoints(madeSources()), { host, port: 0 });
    await expect(started).rejects.toThrow(ServerConfigError);
    await expect(started).rejects.toThrow(
      /^the server does not listen on \S.* without a token: set OTEL_MONITOR_TOKEN/,
    );
  });

  it.each([{ tokens: { viewer: 'view-1' } }, { auth: 'none' as const }])(
    'on all addresses with %j',
    async (options) => {
      const listening = await listen(createEndpoints(madeSources(), options), { host: '0.0.0.0', port: 0 });
      expect(listening.url).toMatch(/^http:\/\/localhost:\d+$/);
      const headers = options.tokens ? { authorization: 'Bearer view-1' } : undefined;
      expect((await ask(listening.url, '/metrics', headers)).status).toBe(200);
      await listening.close();
    },
  );

  it.each(['127.0.0.1', '127.0.0.9', 'localhost'])('on %s without', async (host) => {
    const listening = await listen(createEndpoints(madeSources()), { host, port: 0 });
    expect((await ask(listening.url, '/metrics')).status).toBe(200);
    await listening.close();
  });

  it('a busy port is a ServerListenError of one line', async () => {
    const { url } = await served();
    const port = Number(new URL(url).port);
    const error: ServerListenError = await listen(createEndpoints(madeSources()), { ...local, port }).catch((e) => e);
    expect(error).toBeInstanceOf(ServerListenError);
    expect(error.code).toBe('EADDRINUSE');
    expect(error.message).toBe(
      `port ${port} on 127.0.0.1 is in use by another program: choose another by OTEL_EXPORTER_PROMETHEUS_PORT`,
    );
  });

  it('an address of another machine is one as well', async () => {
    const endpoints = createEndpoints(madeSources(), { auth: 'none' });
    await expect(listen(endpoints, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      name: 'ServerListenError',
      code: 'EADDRNOTAVAIL',
      message: '192.0.2.1 is no address of this machine',
    });
  });
});

describe('close', () => {
  afterEach(() => void vi.useRealTimers());

  it('frees the port, and a second time is the same', async () => {
    const { url, close } = await listen(createEndpoints(madeSources()), local);
    await Promise.all([close(), close()]);
    await close();
    await expect(ask(url, '/livez')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends connections that are kept alive', async () => {
    const { url, close } = await listen(createEndpoints(madeSources()), local);
    const socket = await connected(url, 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    const ended = once(socket, 'close');
    // the grace of answers that are under way never ends
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    expect(await millis(close())).toBeLessThan(BEFORE_NODE_MILLIS);
    await ended;
  });

  it.each([
    ['says nothing', ''],
    ['never ends its headers', 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-A: '],
    ['never ends its body', 'POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx'],
  ])('is not held by a client that %s', async (_what, text) => {
    const { url, close } = await listen(createEndpoints(madeSources()), local);
    const socket = await connected(url, text);
    // the server answers others meanwhile
    expect((await ask(url, '/livez')).status).toBe(200);
    expect(await millis(close())).toBeLessThan(BEFORE_NODE_MILLIS);
    socket.destroy();
  });

  it('is not held by a client that does not read, nor by a source that hangs', async () => {
    const { url, close } = await listen(createEndpoints(madeSources({ health: () => new Promise(() => {}) })), local);
    const socket = await connected(url, 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.pause();
    await ask(url, '/livez');
    expect(await millis(close())).toBeLessThan(BEFORE_NODE_MILLIS);
    socket.destroy();
  });

  it('lets an answer that is under way come to its end', async () => {
    let answer: (() => void) | undefined;
    const health = () =>
      new Promise<{ status: 'healthy'; components: [] }>((resolve) => {
        answer = () => resolve({ status: 'healthy', components: [] });
      });
    const { url, close } = await listen(createEndpoints(madeSources({ health })), local);
    const asked = ask(url, '/health');
    while (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = close();
    answer();
    expect((await asked).status).toBe(200);
    await closed;
  });
});

it('what is no HTTP is answered 400 and does no harm', async () => {
  const { url } = await served();
  for (const text of ['\x16\x03\x01\x02\x00\x01\x00', 'GET /metrics HTTP/1.1\r\nHost: a b\r\n\r\n', 'NO\r\n\r\n']) {
    const socket = await connected(url, text);
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(String(data)).toMatch(/^HTTP\/1\.1 400 /);
    socket.destroy();
  }
  expect((await ask(url, '/livez')).status).toBe(200);
});

it('reads what clients write: an address as to a proxy, a name that is no text, no Host', async () => {
  const { url } = await served();
  const answerTo = async (text: string) => {
    const socket = await connected(url, text);
    const [data] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return String(data).slice(0, 12);
  };
  expect(await answerTo('GET http://localhost/livez?a=b HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('HTTP/1.1 200');
  expect(await answerTo('GET /livez?a#b HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('HTTP/1.1 200');
  expect(await answerTo('GET /health/%ff HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('HTTP/1.1 404');
  expect(await answerTo('GET /livez HTTP/1.0\r\n\r\n')).toBe('HTTP/1.1 400');
  expect(await answerTo('OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('HTTP/1.1 400');
});

it('loads nothing of fetch, which would cost the process 5 MB', async () => {
  const script = `
    import { request } from 'node:http';
    import { createEndpoints, listen } from '@otel-monitor/server';
    const sources = { isStarted: () => true, isReady: () => true, health: async () => ({ status: 'healthy', components: [] }) };
    const { url, close } = await listen(createEndpoints(sources), { host: '127.0.0.1', port: 0 });
    request(url + '/health', (response) => {
      response.resume();
      const loaded = process.moduleLoadList.filter((name) => /undici|http2/.test(name));
      response.on('end', () => close().then(() => console.log(response.statusCode, loaded)));
    }).end();`;
  const output = await new Promise<string>((resolve, reject) => {
    const options = { cwd: import.meta.dirname, timeout: 60_000 };
    const args = ['--input-type=module', '--eval', script];
    execFile(process.execPath, args, options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
  expect(output).toBe('200 []\n');
});

it('does not keep the process alive, with a connection neither', async () => {
  const script = `
    import { connect } from 'node:net';
    import { createEndpoints, listen } from '@otel-monitor/server';
    const sources = { isStarted: () => true, isReady: () => true };
    const { url } = await listen(createEndpoints(sources), { host: '127.0.0.1', port: 0 });
    const socket = connect(new URL(url).port, '127.0.0.1', () => {
      socket.write('GET /livez HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n');
      socket.once('data', () => {
        socket.unref();
        const answered = performance.now();
        // a connection that is idle is ended by Node after five seconds
        process.on('exit', () => console.log('ended before Node ends it:', performance.now() - answered < 4000));
      });
    });`;
  const output = await new Promise<string>((resolve, reject) => {
    const options = { cwd: import.meta.dirname, timeout: 60_000 };
    const args = ['--input-type=module', '--eval', script];
    execFile(process.execPath, args, options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
  expect(output).toBe('ended before Node ends it: true\n');
});

it('is mounted in a server of Node under a prefix', async () => {
  const { handler } = createEndpoints(madeSources());
  const app = createServer((request, response) => {
    if (!request.url?.startsWith('/monitor/')) return void response.end('the application');
    // as Express does
    request.url = request.url.slice('/monitor'.length);
    handler(request, response);
  });
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  expect((await ask(url, '/')).body).toBe('the application');
  expect((await ask(url, '/monitor/metrics')).body).toContain('monitor_errors_total');
  expect((await ask(url, '/monitor/nothing')).status).toBe(404);
  expect((await ask(url, '/monitor/metrics', { 'x-forwarded-for': '203.0.113.7' })).status).toBe(401);
  app.closeAllConnections();
  app.close();
});
