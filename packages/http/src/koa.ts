import { context } from '@opentelemetry/api';
import { findRouteLate, foundRoute } from './server/found-route.js';
import { beginRequest } from './server/node/begin-request.js';
import { answeredRequest } from './server/node/monitored-messages.js';

/** A context of Koa, as far as it is read. */
interface KoaContext {
  readonly req: object;
  readonly res: object;
  readonly app: { on(event: 'error', listener: (error: unknown, given?: unknown) => void): unknown };
  /** What `@koa/router` has matched: text or a regular expression. */
  readonly _matchedRoute?: unknown;
}

/** Applications whose errors are heard. */
const heard = new WeakSet<KoaContext['app']>();

/**
 * A middleware for Koa 2 and 3 that gives requests the route template that `@koa/router` matched, and the error they failed
 * with; it starts the request where nobody has. Use it before everything else: `app.use(monitorKoa())`.
 */
export function monitorKoa(): (given: KoaContext, next: () => Promise<unknown>) => Promise<void> {
  return function monitored(given, next) {
    hear(given.app);
    const begun = beginRequest(given.req, given.res);
    findRouteLate(given.res, () => routeOf(given));
    return context.with(begun, follow, undefined, given, next);
  };
}

async function follow(given: KoaContext, next: () => Promise<unknown>): Promise<void> {
  try {
    await next();
  } catch (error) {
    answeredRequest(given.res)?.failed(error);
    throw error;
  } finally {
    const route = routeOf(given);
    if (route !== undefined) foundRoute(given.res, route);
  }
}

function routeOf({ _matchedRoute: route }: KoaContext): string | undefined {
  return route === undefined || route === null ? undefined : String(route);
}

/**
 * Streams that break, and handlers which answer an error themselves, tell the application. By the time a request is here,
 * Koa has seen that nobody else listens and listens itself.
 */
function hear(app: KoaContext['app']): void {
  if (heard.has(app)) return;
  heard.add(app);
  app.on('error', (error, given) => {
    const answer = (given as Partial<KoaContext> | undefined)?.res;
    if (typeof answer === 'object' && answer !== null) answeredRequest(answer)?.failed(error);
  });
}
