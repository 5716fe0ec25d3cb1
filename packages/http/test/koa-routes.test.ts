import { createServer } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import { expect, it } from 'vitest';
import { currentRequest } from '../src/index.js';
import { monitorKoa } from '../src/koa.js';
import { ask } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests({ isBeside: false });

const answer: Koa.Middleware = (context) => {
  context.body = 'ok';
};

async function serve(configure: (app: Koa) => void): Promise<number> {
  const app = new Koa();
  app.silent = true;
  app.use(monitorKoa());
  configure(app);
  return recorded.serve(createServer(app.callback()));
}

it.each([
  ['/v1/teams/7/members/8', '/v1/teams/:team/members/:member'],
  ['/v1/teams/7', '/v1/teams/:team'],
  ['/v1/read', '/^\\/v1\\/re(d|ad)$/'],
  ['/v1/none', undefined],
])('%s has the prefixes of all routers around its route', async (path, route) => {
  const members = new Router({ prefix: '/members' });
  members.get('/:member', answer);
  const teams = new Router({ prefix: '/v1' });
  teams.use('/teams/:team', members.routes());
  teams.get('/teams/:team', answer);
  const patterns = new Router();
  patterns.get(/^\/v1\/re(d|ad)$/, answer);
  const port = await serve((app) => app.use(teams.routes()).use(patterns.routes()));
  await ask(port, path);
  const [outcome] = await recorded.outcomes();
  expect(outcome!['http.route']).toBe(route);
});

it('another router says its route itself', async () => {
  const port = await serve((app) =>
    app.use((context) => {
      currentRequest()!.route = '/things/:id';
      context.body = 'ok';
    }),
  );
  await ask(port, '/things/7');
  expect(await recorded.outcomes()).toMatchObject([{ 'http.route': '/things/:id' }]);
});

it('an error that a middleware answers with 500, and tells the application, is the failure', async () => {
  const port = await serve((app) =>
    app
      .use(async (context, next) => {
        try {
          await next();
        } catch (error) {
          context.status = 500;
          context.app.emit('error', error, context);
        }
      })
      .use(() => {
        throw new RangeError('broken');
      }),
  );
  await ask(port, '/');
  expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'RangeError', 'http.response.status_code': 500 }]);
  expect(await recorded.telemetry.metric('monitor.errors')).toMatchObject([{ value: 1 }]);
});

it('the error still goes to those who listen for it', async () => {
  const heard: unknown[] = [];
  const error = new RangeError('broken');
  const port = await serve((app) => {
    app.on('error', (error) => heard.push(error));
    app.use(() => {
      throw error;
    });
  });
  await ask(port, '/');
  expect(heard).toEqual([error]);
});
