import { once } from 'node:events';
import { type ClientRequest, createServer, get, type IncomingMessage, type RequestListener, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { createMonitor } from '@otel-monitor/monitor';
import { recentOperations, runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import axios from 'axios';
import got from 'got';
import { Agent, fetch as undiciFetch, upgrade } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { monitorAxios } from '../src/axios.js';
import { monitorGot } from '../src/got.js';
import {
  monitoredFetch,
  monitoredHttpRequest,
  monitorHttpClients,
  monitorHttpServers,
  monitorRequest,
  recordedRequests,
} from '../src/index.js';
import { monitorUndiciDispatcher } from '../src/undici.js';
import { listening, until } from './on-loopback.js';

const DURATION = 'http.client.request.duration';
const monitor = createMonitor({ name: 'caller' });

let telemetry: Telemetry;
const undone: (() => unknown)[] = [];
let received: IncomingMessage['headers'][] = [];

beforeEach(() => {
  telemetry = recordTelemetry();
  received = [];
});

afterEach(async () => {
  for (const undo of undone.splice(0).reverse()) await undo();
  telemetry.stop();
});

const answers: RequestListener = (incoming, response) => {
  received.push(incoming.headers);
  const { pathname, searchParams } = new URL(incoming.url!, 'http://x');
  if (pathname === '/redirect') return response.writeHead(302, { location: `/ok?from=${searchParams.get('n')}` }).end();
  if (pathname === '/missing') return response.writeHead(404).end('no');
  if (pathname === '/broken') {
    response.writeHead(200, { 'content-length': '100' });
    return response.write('half', () => response.destroy());
  }
  if (pathname === '/flaky') return response.writeHead(received.length < 3 ? 503 : 200).end('ok');
  return response.setHeader('content-length', 2).end('ok');
};

async function serve(): Promise<string> {
  const { port, close } = await listening(createServer(answers));
  undone.push(close);
  return `http://127.0.0.1:${port}`;
}

const calls = () => telemetry.spans().filter(({ kind }) => kind === SpanKind.CLIENT);
const ended = async (count = 1) => {
  await until(() => calls().length >= count);
  return calls();
};

async function whole(sent: ClientRequest): Promise<string> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return text(response);
}

type Send = (url: string) => Promise<unknown>;

const clients: [string, Send][] = [
  ['node:http', async (url) => whole(get(url))],
  ['fetch', async (url) => (await fetch(url)).text()],
  ['undici', async (url) => (await undiciFetch(url)).text()],
  ['axios', async (url) => (await axios.get(url, { validateStatus: null })).data],
  ['got', async (url) => got(url, { throwHttpErrors: false, retry: { limit: 0 } }).text()],
];

describe.each(clients)('a request by %s', (_client, send) => {
  beforeEach(() => undone.push(monitorHttpClients()));

  it('is one span under its caller, one measurement, and sends its trace along', async () => {
    const url = await serve();
    await monitor.operation('outer', async () => send(`${url}/ok?token=abc&page=1`));
    const [span] = await ended();
    const { port } = new URL(url);
    expect(span!.name).toBe('GET');
    expect(span!.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': '127.0.0.1',
      'server.port': Number(port),
      'network.peer.address': '127.0.0.1',
      'network.peer.port': Number(port),
      'url.full': `${url}/ok?token=REDACTED&page=1`,
      'network.protocol.version': '1.1',
    });
    const { traceId, spanId } = span!.spanContext();
    expect(received[0]!.traceparent).toBe(`00-${traceId}-${spanId}-01`);
    expect(telemetry.traces()).toMatchObject([{ name: 'outer', children: [{ name: 'GET' }] }]);
    const { 'url.full': _, 'network.peer.address': __, 'network.peer.port': ___, ...onMetric } = span!.attributes;
    expect(await telemetry.metric(DURATION)).toMatchObject([{ attributes: onMetric, count: 1 }]);
    expect(await telemetry.metric('http.client.response.body.size')).toMatchObject([{ sum: 2 }]);
  });

  it('is told by where it went, like those before it on its connection', async () => {
    const url = await serve();
    for (let request = 0; request < 3; request += 1) await send(`${url}/ok?request=${request}`);
    const spans = await ended(3);
    const port = Number(new URL(url).port);
    expect(spans.map(({ attributes }) => attributes)).toEqual(
      [0, 1, 2].map((request) => ({
        ...spans[0]!.attributes,
        'network.peer.address': '127.0.0.1',
        'network.peer.port': port,
        'url.full': `${url}/ok?request=${request}`,
      })),
    );
  });

  it('answered by 404 is a failure', async () => {
    await send(`${await serve()}/missing`);
    const [span] = await ended();
    expect(span!.status.code).toBe(SpanStatusCode.ERROR);
    expect(span!.attributes).toMatchObject({ 'error.type': '404', 'http.response.status_code': 404 });
  });

  it('that finds nobody has the error as its type, and no status', async () => {
    const { port, close } = await listening(createServer());
    await close();
    await send(`http://127.0.0.1:${port}/`).catch(() => {});
    const [span] = await ended();
    expect(span!.attributes).toMatchObject({ 'error.type': 'ECONNREFUSED' });
    expect(span!.attributes).not.toHaveProperty('http.response.status_code');
  });

  it('whose answer breaks off has failed, once', async () => {
    await send(`${await serve()}/broken`).catch(() => {});
    const [span, ...more] = await ended();
    expect(more).toEqual([]);
    expect(span!.attributes).toMatchObject({ 'http.response.status_code': 200, 'error.type': expect.any(String) });
    expect(span!.status.code).toBe(SpanStatusCode.ERROR);
  });

  it('of an exporter is not traced', async () => {
    const url = await serve();
    await context.with(suppressTracing(context.active()), () => send(`${url}/ok`));
    expect(calls()).toEqual([]);
    expect(received[0]).not.toHaveProperty('traceparent');
    expect(await telemetry.metric(DURATION)).toEqual([]);
  });

  it('while monitoring is off still passes the trace on', async () => {
    const url = await serve();
    runtimeState.enabled = false;
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await context.with(propagation.extract(context.active(), { traceparent: parent }), () => send(`${url}/ok`));
    expect(received[0]!.traceparent).toBe(parent);
    expect(calls()).toEqual([]);
  });
});

describe('redirects', () => {
  it.each(clients.filter(([client]) => client !== 'node:http'))(
    'by %s are spans of their own, counted',
    async (_, send) => {
      undone.push(monitorHttpClients());
      const url = await serve();
      await send(`${url}/redirect?n=1`);
      const spans = await ended(2);
      expect(spans.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1]);
      expect(spans.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([302, 200]);
      const ids = received.map(({ traceparent }) => String(traceparent).split('-')[2]);
      expect(ids).toEqual(spans.map((span) => span.spanContext().spanId));
    },
  );
});

describe('where not all clients are monitored', () => {
  const wrapped: [string, (url: string) => Promise<unknown>][] = [
    ['monitoredFetch', async (url) => (await monitoredFetch(url)).text()],
    [
      'monitoredHttpRequest',
      async (url) => {
        const sent = monitoredHttpRequest(url);
        sent.end();
        return whole(sent);
      },
    ],
    [
      'a dispatcher of undici',
      async (url) =>
        (await undiciFetch(url, { dispatcher: new Agent().compose(monitorUndiciDispatcher()) as Agent })).text(),
    ],
    ['an axios instance', async (url) => monitorAxios(axios.create()).get(url)],
    ['a got instance', async (url) => monitorGot(got).get(url).text()],
  ];

  it.each(wrapped)('%s records its requests, and nobody else', async (_, send) => {
    const url = await serve();
    await (await fetch(`${url}/ok`)).text();
    await whole(get(`${url}/ok`));
    await send(`${url}/ok`);
    const [span, ...more] = await ended();
    expect(more).toEqual([]);
    expect(received.map(({ traceparent }) => traceparent !== undefined)).toEqual([false, false, true]);
    expect(received[2]!.traceparent).toContain(span!.spanContext().spanId);
  });

  it.each(wrapped)('%s records once where all are', async (_, send) => {
    undone.push(monitorHttpClients());
    await send(`${await serve()}/ok`);
    await ended();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls()).toHaveLength(1);
  });

  it('retries of got are counted as sent again', async () => {
    const url = await serve();
    await monitorGot(got).get(`${url}/flaky`, {
      retry: { limit: 3, calculateDelay: ({ computedValue }) => computedValue && 1 },
    });
    const spans = await ended(3);
    expect(spans.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1, 2]);
    expect(spans.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([503, 503, 200]);
  });
});

it('a connection that undici upgrades ends with its status line', async () => {
  undone.push(monitorHttpClients());
  const server = createServer();
  server.on('upgrade', (_, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n');
  });
  const { port, close } = await listening(server);
  undone.push(close);
  const { socket } = await upgrade(`http://127.0.0.1:${port}/chat`, { protocol: 'echo' });
  socket.destroy();
  const [span] = await ended();
  expect(span!.attributes).toMatchObject({ 'http.response.status_code': 101 });
  expect(span!.attributes).not.toHaveProperty('error.type');
});

describe('monitorRequest', () => {
  it('takes status and size from its callback, whose value comes back', async () => {
    const value = await monitorRequest('get', 'https://user:secret@api.example/v1?key=1#top', async (metrics) => {
      expect(metrics.headers.traceparent).toMatch(/^00-/);
      metrics.statusCode = 201;
      metrics.responseSizeBytes = 7;
      return 'value';
    });
    expect(value).toBe('value');
    const [span] = calls();
    expect(span!.attributes).toMatchObject({
      'http.request.method': 'GET',
      'http.response.status_code': 201,
      'server.port': 443,
    });
    expect(String(span!.attributes['url.full'])).not.toMatch(/secret|top/);
    expect(await telemetry.metric('http.client.response.body.size')).toMatchObject([{ sum: 7 }]);
  });

  it('has failed with what its callback throws, which goes on', async () => {
    const thrown = new RangeError('no');
    expect(() =>
      monitorRequest('GET', 'http://a.example/', () => {
        throw thrown;
      }),
    ).toThrow(thrown);
    await expect(monitorRequest('GET', 'http://a.example/', async () => Promise.reject(thrown))).rejects.toBe(thrown);
    expect(calls().map(({ attributes }) => attributes['error.type'])).toEqual(['RangeError', 'RangeError']);
  });

  it('records the request once, and sends its trace, when it is made of a client that is known', async () => {
    undone.push(monitorHttpClients());
    const url = await serve();
    await monitorRequest('GET', `${url}/ok`, async (metrics) => {
      metrics.statusCode = (await fetch(`${url}/ok`)).status;
    });
    const [span, ...more] = calls();
    expect(more).toEqual([]);
    expect(received[0]!.traceparent).toContain(span!.spanContext().spanId);
  });

  it('of an address that is none sends all the same', () => {
    expect(monitorRequest('GET', 'no address', () => 1)).toBe(1);
    expect(calls()).toEqual([]);
  });

  it('keeps the last requests for looking at, when asked to', () => {
    const send = (path: string) =>
      monitorRequest('GET', `http://a.example/${path}?token=x`, (metrics) => {
        metrics.statusCode = 500;
      });
    send('before');
    runtimeState.http = { ...runtimeState.http, detailedLogging: true, maxRecordedRequests: 3 };
    for (const path of ['1', '2', '3', '4', '5']) send(path);
    expect(recordedRequests().map(({ url }) => url)).toEqual(
      ['3', '4', '5'].map((path) => `http://a.example/${path}?token=REDACTED`),
    );
    expect(recordedRequests()[0]).toMatchObject({ method: 'GET', statusCode: 500, errorType: '500' });
    runtimeState.http = { ...runtimeState.http, maxRecordedRequests: 2 };
    send('6');
    runtimeState.http = { ...runtimeState.http, maxRecordedRequests: 4 };
    for (const path of ['7', '8', '9']) send(path);
    expect(recordedRequests().map(({ url }) => url.slice(17, 18))).toEqual(['6', '7', '8', '9']);
  });
});

it('a proxy that passes the headers of its caller on is in their trace, with a span of its own', async () => {
  undone.push(monitorHttpClients(), monitorHttpServers());
  const url = await serve();
  const proxy = createServer((incoming, response) => {
    const sent = request(`${url}/ok`, { headers: incoming.headers }, (answer) => void answer.pipe(response));
    incoming.pipe(sent);
  });
  const { port, close } = await listening(proxy);
  undone.push(close);
  await monitor.operation('outer', async () => (await fetch(`http://127.0.0.1:${port}/`)).text());
  await until(() => calls().length === 2);
  const server = trace.getSpanContext(context.active());
  expect(server).toBeUndefined();
  await until(() => telemetry.spans().filter(({ kind }) => kind === SpanKind.SERVER).length === 2);
  expect(telemetry.traces()).toMatchObject([
    {
      name: 'outer',
      children: [
        { name: 'GET', children: [{ name: 'GET', children: [{ name: 'GET', children: [{ name: 'GET' }] }] }] },
      ],
    },
  ]);
});

describe('a request to another service is a breadcrumb', () => {
  it.each(clients.slice(0, 2))(
    '%s: method and host, how it failed, and the trace that it was sent in',
    async (_name, send) => {
      undone.push(monitorHttpClients());
      const url = await serve();
      const traceId = await monitor.operation('order', async (operation) => {
        await send(`${url}/ok?token=hunter2`);
        await send(`${url}/missing`);
        return operation.traceId;
      });
      await ended(2);
      const told = recentOperations.last(3, traceId).map((crumb) => [crumb.name, crumb.errorType, crumb.isSameTrace]);
      const host = url.slice('http://'.length);
      expect(told).toHaveLength(3);
      // in whichever order: the end of an answer may be noticed after that of the operation
      expect(told).toEqual(
        expect.arrayContaining([
          [`GET ${host}`, undefined, true],
          [`GET ${host}`, '404', true],
          ['order', undefined, true],
        ]),
      );
    },
  );
});
