import type { Server } from 'node:http';
import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { monitorFastify } from '../src/fastify.js';
import { frameworkKit, routes } from './framework-kit.js';

type Params = { Params: Record<string, string> };

async function serve(isMonitored: boolean): Promise<Server> {
  const app = fastify();
  if (isMonitored) app.register(monitorFastify);
  app.register(async (instance) => addRoutes(instance));
  await app.ready();
  return app.server;
}

function addRoutes(app: FastifyInstance): void {
  app.setErrorHandler((error: { status?: number }, _request, reply) => {
    if (error.status === 409) return void reply.status(409).send('refused');
    reply.send(error);
  });
  app.get<Params>('/users/:id', async ({ params }) => `user ${params.id}`);
  app.post('/users/:id', async (_request, reply) => reply.status(201).send('made'));
  app.get('/work', async () => routes.work());
  app.register(
    async (members) => {
      members.get<Params>('/members/:member', async ({ params }) => `${params.team} ${params.member}`);
    },
    { prefix: '/teams/:team' },
  );
  app.get('/sync-error', () => {
    throw routes.syncError();
  });
  app.get('/async-error', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    throw routes.asyncError();
  });
  app.get('/refused', async () => {
    throw routes.refusal();
  });
  app.get('/streamed', (_request, reply) => void reply.send(Readable.from([...routes.pieces], { objectMode: false })));
  app.get('/late-error', (_request, reply) => void reply.send(Readable.from(routes.half(), { objectMode: false })));
  app.get('/silent', () => {});
  app.get<Params>('/größe/:wert', async ({ params }) => params.wert);
  app.get('/files/*', async () => 'file');
}

frameworkKit({ name: 'Fastify 5', serve, templates: { wildcard: '/files/*', unicode: '/größe/:wert' } });
