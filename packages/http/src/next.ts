import { context } from '@opentelemetry/api';
import { FetchRequest } from './server/fetch/fetch-request.js';

/**
 * Wraps a route handler of Next.js, or any other function from `Request` to `Response`: requests get the route template and
 * the error that it threw; it starts the request where no server has. Handlers that give no promise give one now.
 *
 * @param route the template, as in `/api/users/[id]`; never the path
 */
export function monitorNextRoute<Given extends Request, Rest extends unknown[]>(
  route: string,
  handler: (request: Given, ...rest: Rest) => Response | Promise<Response>,
): (request: Given, ...rest: Rest) => Promise<Response> {
  return async function monitored(given, ...rest) {
    const request = new FetchRequest(given);
    request.found(route);
    let response: Response;
    try {
      response = await context.with(request.context, handler, undefined, given, ...rest);
    } catch (error) {
      if (isSignal(error)) request.left();
      else request.threw(error);
      throw error;
    }
    return request.answered(response);
  };
}

/** `redirect()` and `notFound()` of Next.js are thrown, and known by this. */
function isSignal(error: unknown): boolean {
  const digest: unknown = (error as { digest?: unknown } | null | undefined)?.digest;
  return typeof digest === 'string' && digest.startsWith('NEXT_');
}
