import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import Router from '@koa/router';
import Koa from 'koa';
import Koa2 from 'koa2';
import { monitorKoa } from '../src/koa.js';
import { frameworkKit, routes } from './framework-kit.js';

function router(): Router {
  const all = new Router();
  all.get('/users/:id', (context) => {
    context.body = `user ${context.params.id}`;
  });
  all.post('/users/:id', (context) => {
    context.status = 201;
    context.body = 'made';
  });
  all.get('/work', async (context) => {
    context.body = await routes.work();
  });
  const members = new Router();
  members.get('/members/:member', (context) => {
    context.body = `${context.params.team} ${context.params.member}`;
  });
  all.use('/teams/:team', members.routes());
  all.get('/sync-error', () => {
    throw routes.syncError();
  });
  all.get('/async-error', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    throw routes.asyncError();
  });
  all.get('/refused', () => {
    throw routes.refusal();
  });
  all.get('/streamed', (context) => {
    context.body = Readable.from([...routes.pieces], { objectMode: false });
  });
  all.get('/late-error', (context) => {
    context.body = Readable.from(routes.half(), { objectMode: false });
  });
  all.get('/silent', () => new Promise(() => {}));
  all.get(encodeURI('/größe/:wert'), (context) => {
    context.body = context.params.wert;
  });
  all.get('/files/*path', (context) => {
    context.body = 'file';
  });
  return all;
}

const serve =
  (AnyKoa: typeof Koa) =>
  (isMonitored: boolean): Server => {
    const app = new AnyKoa();
    app.silent = true;
    if (isMonitored) app.use(monitorKoa());
    app.use(router().routes());
    return createServer(app.callback());
  };

const templates = { wildcard: '/files/*path', unicode: encodeURI('/größe/:wert') };
frameworkKit({ name: 'Koa 3', serve: serve(Koa), templates });
frameworkKit({ name: 'Koa 2', serve: serve(Koa2), templates });
