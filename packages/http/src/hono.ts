import { context } from '@opentelemetry/api';
import { FetchRequest } from './server/fetch/fetch-request.js';
import { findRouteLate, foundRoute } from './server/found-route.js';
import { beginRequest } from './server/node/begin-request.js';
import { answeredRequest } from './server/node/monitored-messages.js';

interface HonoRoute {
  readonly path: string;
  readonly method: string;
  readonly handler: { readonly length: number; readonly __COMPOSED_HANDLER?: { readonly length: number } };
}

/** A context of Hono, as far as it is read. */
interface HonoContext {
  readonly env: unknown;
  readonly error?: unknown;
  readonly req: { readonly raw: Request; readonly routeIndex?: number; readonly matchedRoutes?: readonly HonoRoute[] };
  get res(): Response;
  set res(response: Response | undefined);
}

/** What `@hono/node-server` has in the place of an environment. */
interface NodeEnvironment {
  readonly incoming?: object;
  readonly outgoing?: object;
}

/**
 * A middleware for Hono, on `@hono/node-server` or wherever `app.fetch` is called, that gives requests their route template
 * and the error that `onError` got; it starts the request where nobody has. Use it before everything else:
 * `app.use(monitorHono())`.
 */
export function monitorHono(): (given: HonoContext, next: () => Promise<void>) => Promise<void> {
  return function monitored(given, next) {
    const { incoming, outgoing } = (given.env ?? {}) as NodeEnvironment;
    if (typeof incoming === 'object' && typeof outgoing === 'object') {
      const begun = beginRequest(incoming, outgoing);
      findRouteLate(outgoing, () => routeOf(given));
      return context.with(begun, followNode, undefined, given, outgoing, next);
    }
    const request = new FetchRequest(given.req.raw);
    request.findLate(() => routeOf(given));
    return context.with(request.context, followFetch, undefined, given, request, next);
  };
}

async function followNode(given: HonoContext, outgoing: object, next: () => Promise<void>): Promise<void> {
  try {
    await next();
  } catch (error) {
    answeredRequest(outgoing)?.failed(error);
    throw error;
  } finally {
    if (given.error !== undefined) answeredRequest(outgoing)?.failed(given.error);
    const route = routeOf(given);
    if (route !== undefined) foundRoute(outgoing, route);
  }
}

async function followFetch(given: HonoContext, request: FetchRequest, next: () => Promise<void>): Promise<void> {
  const tell = () => {
    if (given.error !== undefined) request.failed(given.error);
    const route = routeOf(given);
    if (route !== undefined) request.found(route);
  };
  try {
    await next();
  } catch (error) {
    tell();
    request.threw(error);
    throw error;
  }
  tell();
  const { res } = given;
  const answered = request.answered(res);
  if (answered === res) return;
  // Hono merges the headers of an answer into the one that takes its place, unless there is none
  given.res = undefined;
  given.res = answered;
}

/** The route of the handler that answered, or would have where a middleware did before it. */
function routeOf({ req: { routeIndex = 0, matchedRoutes = [] } }: HonoContext): string | undefined {
  return matchedRoutes.slice(routeIndex).find(isHandler)?.path;
}

/** Only `use` and `all` are of every method; a middleware takes `next` as well, a handler mostly does not. */
function isHandler({ method, handler }: HonoRoute): boolean {
  return method !== 'ALL' || (handler.__COMPOSED_HANDLER ?? handler).length < 2;
}
