import { monitorHono } from '@otel-monitor/http/hono';
import type { Monitor } from '@otel-monitor/monitor';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { failureBody, toServiceError } from '../service/service-error.js';
import type { Catalogue } from './catalogue.js';

/** The catalogue over HTTP: every item is looked up by its name. */
export function catalogueApp(catalogue: Catalogue, monitor: Monitor): Hono {
  const app = new Hono();
  app.use(monitorHono());
  app.get('/readyz', (context) => context.json({ status: 'ready' }));
  app.get('/materials/:material', async (context) =>
    context.json(await catalogue.find('materials', context.req.param('material'))),
  );
  app.get('/ducts/:shape/sizes', async (context) =>
    context.json({ sizes: await catalogue.find('ducts', context.req.param('shape')) }),
  );
  app.get('/fittings/:fitting', async (context) =>
    context.json(await catalogue.find('fittings', context.req.param('fitting'))),
  );
  app.onError((error, context) => {
    const failure = toServiceError(error);
    // an item that does not exist is an answer; a file that cannot be read is an error
    const endpoint = { endpoint: context.req.path, method: context.req.method };
    const id = failure.status >= 500 ? monitor.captureError(error, endpoint) : undefined;
    return context.json(failureBody(failure, id), failure.status as ContentfulStatusCode);
  });
  app.notFound((context) => context.json({ error: { code: 'not_found', message: 'there is no such route' } }, 404));
  return app;
}
