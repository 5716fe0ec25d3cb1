import { once } from 'node:events';
import { createServer as createHttp1Server } from 'node:http';
import {
  type ClientHttp2Session,
  connect,
  constants,
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
} from 'node:http2';
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { createMonitor } from '@otel-monitor/monitor';
import { runtimeState } from '@otel-monitor/runtime';
import { describe, expect, it } from 'vitest';
import { currentRequest } from '../src/index.js';
import { until } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';
import { selfSigned } from './self-signed.js';

const recorded = recordRequests();
const monitor = createMonitor({ name: 'service' });

async function listen(server: Server | Http2Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  recorded.finally(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function session(server: Http2Server): Promise<ClientHttp2Session> {
  const client = connect(`http://127.0.0.1:${await listen(server)}`);
  client.on('error', () => {});
  recorded.finally(() => client.destroy());
  return client;
}

async function ask(
  client: ClientHttp2Session,
  headers: object,
  body?: string,
): Promise<{ headers: IncomingHttpHeaders; body: string }> {
  const stream = client.request({ ':path': '/users/7?page=2', ...headers }, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  const [received] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  return { headers: received, body: await text(stream) };
}

const served = {
  'http.request.method': 'GET',
  'url.scheme': 'http',
  'network.protocol.version': '2',
  'http.response.status_code': 200,
};

describe('HTTP/2', () => {
  it('a stream is a request', async () => {
    const server = createServer();
    server.on('stream', (stream) => {
      currentRequest()!.route = '/users/:id';
      monitor.operation('work', () => {});
      stream.respond({ ':status': 200 });
      stream.write('one');
      stream.end('two');
    });
    const { body } = await ask(await session(server), {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    expect(body).toBe('onetwo');
    expect(await recorded.outcomes()).toEqual([{ ...served, 'http.route': '/users/:id' }]);
    const [span] = recorded.spans();
    expect(span!.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(span!.attributes).toMatchObject({
      'url.path': '/users/7',
      'url.query': 'page=2',
      'server.address': '127.0.0.1',
    });
    expect(recorded.telemetry.traces()).toMatchObject([{ name: 'GET /users/:id', children: [{ name: 'work' }] }]);
    expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 6 }]);
  });

  it.each([
    ['one piece', 3],
    ['several', 6],
  ])('a request of the compatibility layer is one, answered in %s', async (pieces, bytes) => {
    const server = createServer((request, response) => {
      currentRequest()!.route = '/users/:id';
      if (pieces === 'several') response.write('one');
      request.resume();
      response.end('two');
    });
    await ask(await session(server), { ':method': 'POST', 'content-length': 4 }, 'four');
    expect(await recorded.outcomes()).toEqual([
      { ...served, 'http.request.method': 'POST', 'http.route': '/users/:id' },
    ]);
    expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: bytes }]);
    expect(await recorded.telemetry.metric('http.server.request.body.size')).toMatchObject([{ sum: 4 }]);
    expect(recorded.spans()).toHaveLength(1);
  });

  it('streams at the same time are apart', async () => {
    const server = createServer((request, response) => {
      currentRequest()!.route = request.url;
      setTimeout(() => response.end(monitor.operation('work', (operation) => operation.traceId)), 10);
    });
    const client = await session(server);
    const bodies = await Promise.all(
      ['/1', '/2', '/3'].map(async (path) => (await ask(client, { ':path': path })).body),
    );
    expect((await recorded.outcomes(3)).map((outcome) => outcome['http.route']).sort()).toEqual(['/1', '/2', '/3']);
    expect(new Set(bodies)).toEqual(new Set(recorded.spans().map((span) => span.spanContext().traceId)));
  });

  it('HEAD has no body, and trailers change nothing', async () => {
    const server = createServer();
    server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200, 'content-length': 500 }, { waitForTrailers: headers[':method'] === 'GET' });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-last': '1' }));
      stream.end(headers[':method'] === 'GET' ? 'x'.repeat(500) : undefined);
    });
    const client = await session(server);
    await ask(client, { ':method': 'HEAD' });
    await ask(client, {});
    expect(await recorded.outcomes(2)).toEqual([{ ...served, 'http.request.method': 'HEAD' }, served]);
    expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 0 }, { sum: 500 }]);
  });

  it('a stream that the client resets ends then', async () => {
    const server = createServer(() => {});
    const client = await session(server);
    const stream = client.request({ ':path': '/' });
    stream.on('error', () => {});
    await until(async () => (await recorded.active()) === 1);
    stream.close(constants.NGHTTP2_CANCEL);
    const [outcome] = await recorded.outcomes();
    expect(outcome).toEqual({
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'network.protocol.version': '2',
      'error.type': 'ECONNRESET',
    });
  });

  it('a stream that the client resets within the answer leaves its status', async () => {
    const server = createServer((_request, response) => void response.write('half'));
    const client = await session(server);
    const stream = client.request({ ':path': '/' });
    stream.on('error', () => {});
    await once(stream, 'data');
    stream.close(constants.NGHTTP2_CANCEL);
    expect(await recorded.outcomes()).toEqual([{ ...served, 'error.type': 'ECONNRESET' }]);
  });

  it('a stream that the server destroys has its error', async () => {
    const server = createServer();
    server.on('stream', (stream) => {
      stream.on('error', () => {});
      stream.respond({ ':status': 200 });
      stream.destroy(new RangeError('broken'));
    });
    const client = await session(server);
    const stream = client.request({ ':path': '/' });
    stream.on('error', () => {});
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'RangeError' }]);
    expect(await recorded.telemetry.metric('monitor.errors')).toMatchObject([{ value: 1 }]);
  });

  it('a connection that breaks ends all its streams', async () => {
    const client = await session(createServer(() => {}));
    for (const path of ['/1', '/2']) client.request({ ':path': path }).on('error', () => {});
    await until(async () => (await recorded.active()) === 2);
    client.destroy();
    expect(await recorded.outcomes(2)).toMatchObject([{ 'error.type': 'ECONNRESET' }]);
  });

  it('what is pushed is no request', async () => {
    const server = createServer();
    server.on('stream', (stream) => {
      stream.pushStream({ ':path': '/pushed' }, (_error, pushed) => {
        pushed.respond({ ':status': 200 });
        pushed.end('pushed');
        stream.respond({ ':status': 200 });
        stream.end('asked');
      });
    });
    const client = await session(server);
    const pushed = once(client, 'stream');
    expect((await ask(client, {})).body).toBe('asked');
    const [stream] = await pushed;
    stream.resume();
    await once(stream, 'close');
    expect(await recorded.outcomes()).toEqual([served]);
  });

  it('an error of the session, and a bad header, harm nobody', async () => {
    const errors: unknown[] = [];
    const server = createServer((_request, response) => {
      try {
        response.setHeader('connection', 'close');
        response.setHeader('x-a', undefined as never);
      } catch (error) {
        errors.push(error);
      }
      response.end('ok');
    });
    expect((await ask(await session(server), {})).body).toBe('ok');
    expect(errors).toHaveLength(1);
    await recorded.outcomes();
  });

  it('a probe leaves nothing', async () => {
    const client = await session(createServer((_request, response) => response.end('ok')));
    await ask(client, { ':path': '/metrics' });
    await ask(client, {});
    expect(await recorded.outcomes()).toEqual([served]);
  });

  it.each(['stream', 'request'])('is answered with its trace on request, by the %s event', async (event) => {
    runtimeState.http = { ...runtimeState.http, serverTiming: true };
    const server = createServer();
    if (event === 'request')
      server.on('request', (_request, response) => response.writeHead(200, { 'x-a': '1' }).end());
    else {
      server.on('stream', (stream) => {
        stream.respond({ ':status': 200, 'x-a': '1' });
        stream.end();
      });
    }
    const { headers } = await ask(await session(server), {});
    await recorded.outcomes();
    const { traceId, spanId } = recorded.spans()[0]!.spanContext();
    expect(headers).toMatchObject({ 'server-timing': `traceparent;desc="00-${traceId}-${spanId}-01"`, 'x-a': '1' });
  });
});

describe('TLS', () => {
  it('of node:https is the scheme https', async () => {
    const port = await listen(createHttpsServer(selfSigned, (_request, response) => response.end('ok')));
    const request = httpsRequest({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }).end();
    const [response] = await once(request, 'response');
    expect(await text(response)).toBe('ok');
    expect(await recorded.outcomes()).toEqual([
      { ...served, 'url.scheme': 'https', 'network.protocol.version': '1.1' },
    ]);
  });

  it('of HTTP/2, and of HTTP/1 on the same server, are requests', async () => {
    const port = await listen(
      createSecureServer({ ...selfSigned, allowHTTP1: true }, (_request, response) => void response.end('ok')),
    );
    const client = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
    recorded.finally(() => client.destroy());
    expect((await ask(client, {})).body).toBe('ok');
    const request = httpsRequest({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }).end();
    const [response] = await once(request, 'response');
    expect(await text(response)).toBe('ok');
    const versions = (await recorded.outcomes(2)).map((outcome) => [
      outcome['network.protocol.version'],
      outcome['url.scheme'],
    ]);
    expect(versions.sort()).toEqual([
      ['1.1', 'https'],
      ['2', 'https'],
    ]);
  });
});

it('a server of node:http on a socket of its own path is a request as well', async () => {
  const server = createHttp1Server((_request, response) => response.end('ok'));
  const path = `\0otel-monitor-test-${process.pid}`;
  server.listen(path);
  await once(server, 'listening');
  recorded.finally(() => server.close());
  const { request } = await import('node:http');
  const asked = request({ socketPath: path, agent: false }).end();
  const [response] = await once(asked, 'response');
  expect(await text(response)).toBe('ok');
  await recorded.outcomes();
  expect(recorded.spans()[0]!.attributes).not.toHaveProperty('network.peer.address');
});
