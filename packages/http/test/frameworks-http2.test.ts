import { once } from 'node:events';
import { connect, createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createAdaptorServer } from '@hono/node-server';
import Router from '@koa/router';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { describe, expect, it } from 'vitest';
import { monitorFastify } from '../src/fastify.js';
import { monitorHono } from '../src/hono.js';
import { monitorKoa } from '../src/koa.js';
import { recordRequests } from './recorded-requests.js';

const fail = (): never => {
  throw new RangeError('broken');
};

async function withFastify(): Promise<Http2Server> {
  const app = fastify({ http2: true });
  app.register(monitorFastify);
  app.register(async (instance) => {
    instance.get<{ Params: { id: string } }>('/users/:id', async ({ params }) => `user ${params.id}`);
    instance.get('/broken', async () => fail());
  });
  await app.ready();
  return app.server;
}

function withKoa(): Http2Server {
  const app = new Koa();
  app.silent = true;
  const router = new Router();
  router.get('/users/:id', (context) => {
    context.body = `user ${context.params.id}`;
  });
  router.get('/broken', fail);
  app.use(monitorKoa()).use(router.routes());
  return createServer(app.callback() as never);
}

function withHono(): Http2Server {
  const app = new Hono();
  app.use(monitorHono());
  app.onError((_error, context) => context.text('failed', 500));
  app.get('/users/:id', (context) => context.text(`user ${context.req.param('id')}`));
  app.get('/broken', fail);
  return createAdaptorServer({ fetch: app.fetch, createServer }) as Http2Server;
}

describe.each([
  ['Fastify', withFastify],
  ['Koa', withKoa],
  ['Hono', withHono],
])('%s over HTTP/2', (_name, make) => {
  describe.each([
    ['alone', false],
    ['beside monitorHttpServers()', true],
  ])('%s', (_how, isBeside) => {
    const recorded = recordRequests({ isBeside });

    async function ask(path: string): Promise<{ status: unknown; body: string }> {
      const server = await make();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      recorded.finally(() => server.close());
      const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      recorded.finally(() => session.destroy());
      const stream = session.request({ ':path': path });
      const [headers] = await once(stream, 'response');
      return { status: headers[':status'], body: await text(stream) };
    }

    it('a request has its route', async () => {
      expect(await ask('/users/7')).toEqual({ status: 200, body: 'user 7' });
      expect(await recorded.outcomes()).toEqual([
        {
          'http.request.method': 'GET',
          'url.scheme': 'http',
          'network.protocol.version': '2',
          'http.route': '/users/:id',
          'http.response.status_code': 200,
        },
      ]);
      expect(await recorded.telemetry.metric('http.server.response.body.size')).toMatchObject([{ sum: 6 }]);
      expect(recorded.spans().map(({ name }) => name)).toEqual(['GET /users/:id']);
    });

    it('a failed one has its error', async () => {
      expect(await ask('/broken')).toMatchObject({ status: 500 });
      expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/broken', 'error.type': 'RangeError' }]);
    });
  });
});

describe('Fastify without a connection', () => {
  const recorded = recordRequests({ isBeside: false });

  it('a request that is injected in a test is answered, and not aborted', async () => {
    const app = fastify();
    app.register(monitorFastify);
    app.register(async (instance) => {
      instance.get('/users/:id', async () => 'ok');
    });
    expect((await app.inject('/users/7')).body).toBe('ok');
    const [outcome] = await recorded.outcomes();
    expect(outcome).toMatchObject({ 'http.route': '/users/:id', 'http.response.status_code': 200 });
    expect(outcome).not.toHaveProperty('error.type');
  });
});
