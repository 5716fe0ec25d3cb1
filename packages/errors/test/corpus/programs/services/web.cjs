const http = require('node:http');
const { tell } = require('./report.cjs');
const { findUser } = require('./users.cjs');

const framework = process.argv[2];
const random = () => Math.floor(Math.random() * 10_000);

const answer = (path, error) => tell(path.endsWith('orders') ? `no orders of ${framework}` : 'user not found', error);

async function get(port, path) {
  await new Promise((resolve) => {
    http.get({ port, path, host: '127.0.0.1', headers: { connection: 'close' } }, (response) =>
      response.resume().on('end', resolve),
    );
  });
}

async function ask(server) {
  await new Promise((resolve) => {
    server.once('listening', resolve);
    if (server.listening) resolve();
  });
  const { port } = server.address();
  await get(port, `/users/${random()}`);
  await get(port, `/users/${random()}/orders`);
  await get(port, `/async/${random()}`);
  process.exit(0);
}

const starts = {
  express() {
    const express = require('express');
    const app = express();
    const router = express.Router();
    router.get('/:id', (request, response) => response.json(findUser(request.params.id)));
    router.get('/:id/orders', function listOrders() {
      throw new Error(`${framework} cannot list orders`);
    });
    app.use((_request, _response, next) => next());
    app.use('/users', router);
    app.get('/async/:id', async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      findUser(request.params.id);
    });
    app.use((error, request, response, _next) => {
      answer(request.path, error);
      response.status(500).end();
    });
    return app.listen(0);
  },
  koa() {
    const Koa = require('koa');
    const Router = require('@koa/router');
    const app = new Koa();
    const router = new (Router.default ?? Router)();
    app.use(async (context, next) => {
      try {
        await next();
      } catch (error) {
        answer(context.path, error);
        context.status = 500;
      }
    });
    router.get('/users/:id', (context) => {
      context.body = findUser(context.params.id);
    });
    router.get('/users/:id/orders', async function listOrders() {
      throw new Error(`${framework} cannot list orders`);
    });
    router.get('/async/:id', async (context) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      context.body = findUser(context.params.id);
    });
    app.use(router.routes());
    return app.listen(0);
  },
  fastify() {
    const app = require('fastify')();
    app.setErrorHandler((error, request, reply) => {
      answer(request.url, error);
      reply.code(500).send();
    });
    app.get('/users/:id', (request) => findUser(request.params.id));
    app.get('/users/:id/orders', async function listOrders() {
      throw new Error(`${framework} cannot list orders`);
    });
    app.get('/async/:id', async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return findUser(request.params.id);
    });
    app.listen({ port: 0 });
    return app.server;
  },
  hono() {
    const { Hono } = require('hono');
    const app = new Hono();
    app.onError((error, context) => {
      answer(context.req.path, error);
      return context.text('', 500);
    });
    app.get('/users/:id', (context) => context.json(findUser(context.req.param('id'))));
    app.get('/users/:id/orders', async function listOrders() {
      throw new Error(`${framework} cannot list orders`);
    });
    app.get('/async/:id', async (context) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return context.json(findUser(context.req.param('id')));
    });
    return http
      .createServer(async (request, response) => {
        const { status } = await app.request(request.url);
        response.writeHead(status).end();
      })
      .listen(0);
  },
};

ask(starts[framework]());
