import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { monitorHono } from '../src/hono.js';
import { frameworkKit, routes } from './framework-kit.js';

export function application(isMonitored: boolean): Hono {
  const app = new Hono();
  if (isMonitored) app.use(monitorHono());
  app.use('/users/*', async (_context, next) => next());
  app.onError((error, context) =>
    'status' in error ? context.text('refused', 409) : context.text('Internal Server Error', 500),
  );
  app.get('/users/:id', (context) => context.text(`user ${context.req.param('id')}`));
  app.post('/users/:id', (context) => context.text('made', 201));
  app.get('/work', async (context) => context.text(await routes.work()));
  const members = new Hono();
  members.get('/members/:member', (context) => {
    const { team, member } = context.req.param() as Record<string, string>;
    return context.text(`${team} ${member}`);
  });
  app.route('/teams/:team', members);
  app.get('/sync-error', () => {
    throw routes.syncError();
  });
  app.get('/async-error', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    throw routes.asyncError();
  });
  app.get('/refused', () => {
    throw routes.refusal();
  });
  app.get(
    '/streamed',
    () =>
      new Response(
        stream(async function* () {
          yield* routes.pieces;
        }),
      ),
  );
  app.get('/late-error', () => new Response(stream(routes.half)));
  app.get('/silent', () => new Promise<Response>(() => {}));
  app.get('/größe/:wert', (context) => context.text(context.req.param('wert')));
  app.get('/files/*', (context) => context.text('file'));
  return app;
}

function stream(pieces: () => AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const generator = pieces();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await generator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

const serve = (isMonitored: boolean): Server =>
  createAdaptorServer({ fetch: application(isMonitored).fetch }) as Server;

frameworkKit({ name: 'Hono', serve, templates: { wildcard: '/files/*', unicode: '/größe/:wert' } });
