import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import express4 from 'express4';
import { monitorExpress } from '../src/express.js';
import { frameworkKit, routes } from './framework-kit.js';

function application(make: typeof express, isMonitored: boolean, wildcard: string): Express {
  const app = make();
  app.set('env', 'test');
  if (isMonitored) app.use(monitorExpress());
  app.get('/users/:id', (request, response) => void response.send(`user ${request.params.id}`));
  app.post('/users/:id', (_request, response) => void response.status(201).send('made'));
  app.get('/work', async (_request, response) => void response.send(await routes.work()));
  const members = make.Router({ mergeParams: true });
  members.get('/members/:member', (request, response) => {
    const { team, member } = request.params as Record<string, string>;
    response.send(`${team} ${member}`);
  });
  app.use('/teams/:team', members);
  app.get('/sync-error', () => {
    throw routes.syncError();
  });
  app.get('/async-error', (_request, _response, next) => void setTimeout(() => next(routes.asyncError()), 1));
  app.get('/refused', () => {
    throw routes.refusal();
  });
  app.get('/streamed', (_request, response) => {
    for (const piece of routes.pieces) response.write(piece);
    response.end();
  });
  app.get('/late-error', (_request, response, next) => {
    response.write('half');
    setTimeout(() => next(routes.lateError()), 20);
  });
  app.get('/silent', () => {});
  app.get(encodeURI('/größe/:wert'), (request, response) => void response.send(request.params.wert));
  app.get(wildcard, (_request, response) => void response.send('file'));
  app.use(((error, _request, response, next) => {
    if (error.status === 409) response.status(409).send('refused');
    else next(error);
  }) as ErrorRequestHandler);
  return app;
}

const serve =
  (make: typeof express, wildcard: string) =>
  (isMonitored: boolean): Server =>
    createServer(application(make, isMonitored, wildcard));

frameworkKit({
  name: 'Express 5',
  serve: serve(express, '/files/*splat'),
  templates: { wildcard: '/files/*splat', unicode: encodeURI('/größe/:wert') },
});
frameworkKit({
  name: 'Express 4',
  serve: serve(express4, '/files/*'),
  templates: { wildcard: '/files/*', unicode: encodeURI('/größe/:wert') },
});
