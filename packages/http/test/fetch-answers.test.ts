import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMonitor } from '@otel-monitor/monitor';
import { runtimeState } from '@otel-monitor/runtime';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { monitorHono } from '../src/hono.js';
import { monitorNextRoute } from '../src/next.js';
import { until } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests({ isBeside: false });
const monitor = createMonitor({ name: 'service' });

type Handler = (request: Request) => Response | Promise<Response>;

const hono = (handler: Handler) => {
  const app = new Hono();
  app.use(monitorHono());
  app.onError((_error, context) => context.text('failed', 500));
  app.get('/users/:id', (context) => handler(context.req.raw));
  return async (request: Request): Promise<Response> => app.fetch(request);
};
const next = (handler: Handler) => monitorNextRoute('/users/:id', handler);

const request = (init?: RequestInit) => new Request('https://shop.example:8443/users/42?page=2', init);
const pieces = (...texts: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });

describe.each([
  ['Hono', hono],
  ['a wrapped function', next],
] as [string, (handler: Handler) => (request: Request) => Promise<Response>][])(
  '%s, by Request and Response',
  (_name, monitored) => {
    it('a request is one span with the conventions of HTTP, and one measurement', async () => {
      const headers = {
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        'user-agent': 'test/1',
      };
      const response = await monitored(() =>
        monitor.operation('work', async () => Response.json({ ok: true }, { status: 201 })),
      )(request({ headers }));
      expect(response.status).toBe(201);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual({ ok: true });
      expect(await recorded.outcomes()).toEqual([
        {
          'http.request.method': 'GET',
          'url.scheme': 'https',
          'http.route': '/users/:id',
          'http.response.status_code': 201,
        },
      ]);
      const [span] = recorded.spans();
      expect(span!.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
      expect(span!.attributes).toMatchObject({
        'url.path': '/users/42',
        'url.query': 'page=2',
        'server.address': 'shop.example',
        'server.port': 8443,
        'user_agent.original': 'test/1',
      });
      expect(recorded.telemetry.traces()).toMatchObject([{ name: 'GET /users/:id', children: [{ name: 'work' }] }]);
      expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 11 }]);
    });

    it('ends with the body, not before', async () => {
      const response = await monitored(() => new Response(pieces('one', 'two')))(request());
      expect(await recorded.active()).toBe(1);
      const reader = response.body!.getReader();
      await reader.read();
      await reader.read();
      expect(await recorded.active()).toBe(1);
      expect(await reader.read()).toEqual({ done: true, value: undefined });
      expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 200 }]);
    });

    it('ends when the body is cancelled, which the handler is told', async () => {
      const told: unknown[] = [];
      const endless = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(10)),
        cancel: (reason) => void told.push(reason),
      });
      const response = await monitored(() => new Response(endless))(request());
      const reader = response.body!.getReader();
      await reader.read();
      await reader.cancel('enough');
      expect(told).toEqual(['enough']);
      expect(await recorded.outcomes()).toMatchObject([
        { 'error.type': 'ECONNRESET', 'http.response.status_code': 200 },
      ]);
      expect(await recorded.telemetry.metric('monitor.errors')).toEqual([]);
    });

    it('fails when the body breaks, and the reader gets the same error', async () => {
      const error = new RangeError('broken');
      let isFirst = true;
      const breaking = new ReadableStream({
        pull(controller) {
          if (!isFirst) throw error;
          isFirst = false;
          controller.enqueue(new Uint8Array(10));
        },
      });
      const response = await monitored(() => new Response(breaking))(request());
      await expect(response.arrayBuffer()).rejects.toBe(error);
      expect(await recorded.outcomes()).toMatchObject([
        { 'error.type': 'RangeError', 'http.response.status_code': 200 },
      ]);
      expect(await recorded.telemetry.metric('monitor.errors')).toMatchObject([{ value: 1 }]);
    });

    it('ends when nobody can read the body any more', async () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      await (async () => void (await monitored(() => new Response(pieces('one')))(request())))();
      expect(await recorded.active()).toBe(1);
      await until(async () => {
        collect();
        await new Promise((resolve) => setImmediate(resolve));
        return (await recorded.active()) === 0;
      });
      expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'ECONNRESET' }]);
    });

    it.each([
      ['without a body', {}, () => new Response(null, { status: 204 })],
      ['to HEAD', { method: 'HEAD' }, () => new Response('not sent')],
    ] as [string, RequestInit, Handler][])('an answer %s ends at once', async (_what, init, handler) => {
      await monitored(handler)(request(init));
      await recorded.outcomes();
      expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 0 }]);
    });

    it('a handler that never answers ends with the signal of the request', async () => {
      const controller = new AbortController();
      void monitored(() => new Promise(() => {}))(request({ signal: controller.signal }));
      await until(async () => (await recorded.active()) === 1);
      controller.abort();
      expect(await recorded.outcomes()).toEqual([
        { 'http.request.method': 'GET', 'url.scheme': 'https', 'http.route': '/users/:id', 'error.type': 'ECONNRESET' },
      ]);
    });

    it('a probe leaves nothing, and neither does anything while monitoring is off', async () => {
      runtimeState.http = { ...runtimeState.http, ignoredPaths: ['/users/*'] };
      expect(await (await monitored(() => new Response('ok'))(request())).text()).toBe('ok');
      runtimeState.enabled = false;
      expect(await (await monitored(() => new Response('ok'))(request())).text()).toBe('ok');
      expect(recorded.spans()).toEqual([]);
      expect(await recorded.telemetry.metric('http.server.request.duration')).toEqual([]);
    });

    it('within a request that a server started it adds the route to that', async () => {
      const inner = monitored(() => new Response('ok'));
      const { monitorServer } = await import('../src/index.js');
      const { createServer } = await import('node:http');
      const server = createServer((_request, response) => {
        void inner(request()).then(async (answer) => response.end(await answer.text()));
      });
      recorded.finally(monitorServer(server));
      const port = await recorded.serve(server);
      const { ask } = await import('./on-loopback.js');
      expect(await ask(port, '/users/7')).toMatchObject({ body: 'ok' });
      expect(await recorded.outcomes()).toMatchObject([
        { 'http.route': '/users/:id', 'network.protocol.version': '1.1' },
      ]);
    });
  },
);

describe('Hono', () => {
  it('what an error handler answered with 500 has the error', async () => {
    const response = await hono(() => {
      throw new TypeError('broken');
    })(request());
    expect(await response.text()).toBe('failed');
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'TypeError', 'http.response.status_code': 500 }]);
  });

  it('what is thrown and is no Error goes on to the caller', async () => {
    const thrown = { no: 'error' };
    await expect(hono(() => Promise.reject(thrown))(request())).rejects.toBe(thrown);
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'Object' }]);
  });

  it.each([
    ['a middleware that refuses has the route that would have answered', '/admin/users/7', 401, '/admin/users/:id'],
    ['a middleware that answers for no route has none', '/admin/nothing', 401, undefined],
    ['`all` is a route', '/any/7', 200, '/any/:id'],
    ['an application with an error handler of its own is told with its path', '/sub/7/x', 200, '/sub/:id/x'],
    ['the innermost handler is the route', '/two/7', 200, '/two/:id'],
  ])('%s', async (_what, path, status, route) => {
    const app = new Hono();
    app.use(monitorHono());
    app.use('/admin/*', async (context, _next) => context.text('no', 401));
    app.get('/admin/users/:id', (context) => context.text('ok'));
    app.all('/any/:id', (context) => context.text('ok'));
    const sub = new Hono();
    sub.onError((_error, context) => context.text('sub', 500));
    sub.all('/x', (context) => context.text('ok'));
    app.route('/sub/:id', sub);
    app.get('/two/*', async (_context, next) => next());
    app.get('/two/:id', (context) => context.text('ok'));
    const response = await app.fetch(new Request(`http://127.0.0.1${path}`));
    expect(response.status).toBe(status);
    await response.text();
    const [outcome] = await recorded.outcomes();
    expect(outcome!['http.route']).toBe(route);
  });

  it('headers and cookies of the answer stay as they are', async () => {
    const app = new Hono();
    app.use(monitorHono());
    app.get('/', (context) => {
      context.header('set-cookie', 'a=1', { append: true });
      context.header('set-cookie', 'b=2', { append: true });
      return context.text('ok', 200, { 'x-a': '1' });
    });
    const response = await app.fetch(new Request('http://127.0.0.1/'));
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('x-a')).toBe('1');
    expect(await response.text()).toBe('ok');
  });
});

describe('a route handler of Next.js', () => {
  it('that throws fails with that, and the error goes on', async () => {
    const error = new TypeError('broken');
    const handler = monitorNextRoute(
      '/api/users/[id]',
      async (_request: Request, _context: { params: Promise<object> }) => {
        throw error;
      },
    );
    await expect(handler(request(), { params: Promise.resolve({}) })).rejects.toBe(error);
    expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/api/users/[id]', 'error.type': 'TypeError' }]);
  });

  it('that leaves by redirect() has not failed', async () => {
    const signal = Object.assign(new Error('NEXT_REDIRECT'), { digest: 'NEXT_REDIRECT;replace;/login;307;' });
    await expect(monitorNextRoute('/old', () => Promise.reject(signal))(request())).rejects.toBe(signal);
    const [outcome] = await recorded.outcomes();
    expect(outcome).not.toHaveProperty('error.type');
  });
});
