import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { createMonitor } from '@otel-monitor/monitor';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentRequest, monitorHttpServers } from '../src/index.js';
import { ask, listening, until } from './on-loopback.js';

const DURATION = 'http.server.request.duration';
const monitor = createMonitor({ name: 'service' });

let telemetry: Telemetry;
let undo: () => void;
const open: (() => Promise<void>)[] = [];

beforeEach(() => {
  telemetry = recordTelemetry();
  undo = monitorHttpServers();
});

afterEach(async () => {
  for (const close of open.splice(0)) await close();
  undo();
  telemetry.stop();
});

async function serve(listener: RequestListener, configure?: (server: Server) => void): Promise<number> {
  const server = createServer(listener);
  configure?.(server);
  const { port, close } = await listening(server);
  open.push(close);
  return port;
}

const ended = async (count = 1) => {
  await until(() => telemetry.spans().filter(({ kind }) => kind === SpanKind.SERVER).length >= count);
  return telemetry.spans().filter(({ kind }) => kind === SpanKind.SERVER);
};

async function active(): Promise<number | undefined> {
  const [point] = await telemetry.metric('http.server.active_requests');
  return point !== undefined && 'value' in point ? point.value : undefined;
}

describe('a request', () => {
  it('is one span with the conventions of HTTP, and one measurement', async () => {
    const port = await serve((_request, response) => {
      currentRequest()!.route = '/users/:id';
      response.end('{"ok":true}');
    });
    await ask(port, '/users/42?page=2&token=abc', { headers: { 'user-agent': 'test/1' } });
    const [span] = await ended();
    expect(span!.name).toBe('GET /users/:id');
    expect(span!.instrumentationScope).toMatchObject({ name: '@otel-monitor/http' });
    expect(span!.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': '/users/:id',
      'url.scheme': 'http',
      'url.path': '/users/42',
      'url.query': 'page=2&token=REDACTED',
      'server.address': '127.0.0.1',
      'server.port': port,
      'client.address': '127.0.0.1',
      'network.peer.address': '127.0.0.1',
      'network.peer.port': expect.any(Number),
      'network.protocol.version': '1.1',
      'user_agent.original': 'test/1',
    });
    expect(span!.status.code).toBe(SpanStatusCode.UNSET);
    const attributes = {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': '/users/:id',
      'url.scheme': 'http',
      'network.protocol.version': '1.1',
    };
    expect(await telemetry.metric(DURATION)).toMatchObject([{ attributes, count: 1 }]);
    expect(await telemetry.metric('http.server.active_requests')).toMatchObject([
      { attributes: { 'http.request.method': 'GET', 'url.scheme': 'http' }, value: 0 },
    ]);
    expect(await telemetry.metric('http.server.response.body.size')).toMatchObject([{ attributes, sum: 11 }]);
    expect(await telemetry.metric('http.server.request.body.size')).toMatchObject([{ attributes, sum: 0 }]);
  });

  it('is the parent of the operations in it, and their failure its own, once', async () => {
    const port = await serve((_request, response) => {
      void monitor
        .operation('load', async () => {
          throw new TypeError('broken');
        })
        .catch((error: unknown) => {
          currentRequest()!.failed(error);
          response.writeHead(500).end();
        });
    });
    await ask(port, '/');
    await ended();
    expect(telemetry.traces()).toMatchObject([
      { name: 'GET', status: 'error', attributes: { 'error.type': 'TypeError' }, children: [{ name: 'load' }] },
    ]);
    expect(await telemetry.metric('monitor.errors')).toMatchObject([{ value: 1 }]);
  });

  it('continues the trace of its caller', async () => {
    const port = await serve((_request, response) => response.end());
    await ask(port, '/', { headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } });
    const [span] = await ended();
    expect(span!.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(span!.parentSpanContext).toMatchObject({ spanId: 'b7ad6b7169203331', isRemote: true });
  });

  it.each([
    ['500', (response) => response.writeHead(500).end(), { 'error.type': '500', 'http.response.status_code': 500 }],
    ['404', (response) => response.writeHead(404).end(), { 'http.response.status_code': 404 }],
    [
      'destroyed after its headers',
      (response) => {
        response.write('half');
        response.destroy(new RangeError('no more'));
      },
      { 'error.type': 'RangeError', 'http.response.status_code': 200 },
    ],
    ['destroyed before its headers', (response) => response.destroy(), { 'error.type': 'ECONNRESET' }],
  ] as [string, (response: import('node:http').ServerResponse) => void, object][])(
    'that was answered by %s',
    async (_how, answer, attributes) => {
      const port = await serve((_request, response) => answer(response));
      await ask(port, '/').catch(() => {});
      const [span] = await ended();
      const told = Object.entries(span!.attributes).filter(([key]) => /^error|status/.test(key));
      expect(Object.fromEntries(told)).toEqual(attributes);
      expect(span!.status.code).toBe('error.type' in attributes ? SpanStatusCode.ERROR : SpanStatusCode.UNSET);
      const points = await telemetry.metric(DURATION);
      expect(points).toMatchObject([{ attributes, count: 1 }]);
    },
  );

  it('whose client goes away ends then, once', async () => {
    const port = await serve(() => {});
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n'));
    await until(async () => (await active()) === 1);
    socket.destroy();
    const [span] = await ended();
    expect(span!.attributes).toMatchObject({ 'error.type': 'ECONNRESET' });
    expect(span!.attributes).not.toHaveProperty('http.response.status_code');
    expect(await active()).toBe(0);
  });

  it('has the bytes of a streamed answer, and none for HEAD', async () => {
    const port = await serve((request, response) => {
      response.setHeader('content-type', 'text/plain');
      if (request.method === 'HEAD') return response.setHeader('content-length', '500').end();
      response.write('ä');
      response.write(Buffer.alloc(1000));
      return response.end('last');
    });
    await ask(port, '/', { method: 'POST', body: 'four' });
    await ask(port, '/', { method: 'HEAD' });
    await ended(2);
    const [post, head] = await telemetry.metric('http.server.response.body.size');
    expect(post).toMatchObject({ sum: 1006 });
    expect(head).toMatchObject({ sum: 0 });
    const [sent] = await telemetry.metric('http.server.request.body.size', { 'http.request.method': 'POST' });
    expect(sent).toMatchObject({ sum: 4 });
  });

  it('by an unknown method is _OTHER', async () => {
    const port = await serve((_request, response) => response.end());
    await ask(port, '/', { method: 'PROPFIND' });
    const [span] = await ended();
    expect(span!.name).toBe('HTTP');
    expect(span!.attributes).toMatchObject({
      'http.request.method': '_OTHER',
      'http.request.method_original': 'PROPFIND',
    });
  });

  it('for a probe leaves nothing, and neither does what it does', async () => {
    const port = await serve((_request, response) => {
      monitor.operation('probe', () => {});
      response.end();
    });
    await ask(port, '/health?full=1');
    await ask(port, '/metrics');
    await ask(port, '/seen');
    await ended();
    expect(telemetry.spans().map(({ name }) => name)).toEqual(['probe', 'GET']);
    expect(await telemetry.metric(DURATION)).toMatchObject([{ count: 1 }]);
  });

  it('is answered with its trace on request', async () => {
    runtimeState.http = { ...runtimeState.http, serverTiming: true };
    const port = await serve((_request, response) => response.writeHead(200, { 'x-a': '1' }).end());
    const { headers } = await ask(port, '/');
    const [span] = await ended();
    const { traceId, spanId } = span!.spanContext();
    expect(headers['server-timing']).toBe(`traceparent;desc="00-${traceId}-${spanId}-01"`);
  });

  it('for another protocol ends with the status line that is written to its socket', async () => {
    const port = await serve(
      () => {},
      (server) =>
        server.on('upgrade', (_request, socket) => {
          socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n');
          socket.end('hello');
        }),
    );
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /chat HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n'),
    );
    let received = '';
    for await (const chunk of socket) received += chunk;
    expect(received.endsWith('\r\n\r\nhello')).toBe(true);
    const [span] = await ended();
    expect(span!.attributes).toMatchObject({ 'http.response.status_code': 101, 'url.path': '/chat' });
  });

  it('whose listener throws fails with that, and the error goes on', async () => {
    const seen: unknown[] = [];
    const catching = (error: unknown) => seen.push(error);
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', catching);
    try {
      const port = await serve(() => {
        throw new SyntaxError('thrown');
      });
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
      await until(() => seen.length === 1);
      socket.destroy();
      const [span] = await ended();
      expect(span!.attributes).toMatchObject({ 'error.type': 'SyntaxError' });
      expect(seen).toEqual([new SyntaxError('thrown')]);
    } finally {
      process.removeListener('uncaughtException', catching);
      for (const listener of listeners) process.on('uncaughtException', listener);
    }
  });
});

it('while monitoring is off the trace of the caller still passes through', async () => {
  runtimeState.enabled = false;
  let traceId = '';
  const port = await serve((_request, response) => {
    traceId = monitor.startOperation('x').traceId;
    response.end();
  });
  await ask(port, '/', { headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } });
  expect(traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(telemetry.spans()).toEqual([]);
});

it('a server that speaks no HTTP is left as it is', async () => {
  const server = createTcpServer((socket) => socket.end('plain'));
  const { port, close } = await listening(server as unknown as Server).catch(() => {
    throw new Error('did not listen');
  });
  const socket = connect(port, '127.0.0.1');
  const [chunk] = await once(socket, 'data');
  expect(String(chunk)).toBe('plain');
  socket.destroy();
  server.close();
  void close;
});
