import type { IncomingMessage, ServerResponse } from 'node:http';
import { context } from '@opentelemetry/api';
import { enterUnknownMount, markOurs, watchLayers } from './server/express/watched-layers.js';
import { beginRequest } from './server/node/begin-request.js';

/** A middleware of Express, by shape. */
export type ExpressMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

interface Application {
  /** Express 4. */
  readonly _router?: unknown;
  /** Express 5; Express 4 throws when it is read. */
  readonly router?: unknown;
}

/** Applications whose layers are watched. */
const watched = new WeakSet<Application>();

/**
 * A middleware for Express 4 and 5 that gives requests their route template, mount paths included, and the error that was
 * passed on; it starts the request where nobody has. Use it once, before everything else: `app.use(monitorExpress())`.
 */
export function monitorExpress(): ExpressMiddleware {
  const monitored: ExpressMiddleware = (request, response, next) => {
    watch((request as { readonly app?: Application }).app);
    enterUnknownMount(request);
    context.with(beginRequest(request, response), next);
  };
  markOurs(monitored);
  return monitored;
}

function watch(app: Application | undefined): void {
  if (app === undefined || watched.has(app)) return;
  watched.add(app);
  try {
    watchLayers(app._router ?? app.router);
  } catch {
    // an application of another shape: its requests go without a route
  }
}
