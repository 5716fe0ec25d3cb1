import { context } from '@opentelemetry/api';
import { answeredRequest } from './node/monitored-messages.js';
import { rpcMetadataOf } from './request-context.js';

/**
 * A framework has matched the request that is answered on `answer`. Where another instrumentation records it, the route is
 * put where that one looks for it.
 *
 * @param route the template, as in `/users/:id`
 */
export function foundRoute(answer: object, route: string): void {
  const recorded = answeredRequest(answer) ?? rpcMetadataOf(context.active());
  if (recorded !== undefined) recorded.route = route;
}

/**
 * The same for a framework that tells the route only on its way back, which a handler that never answers does not take.
 *
 * @param find gives the template; undefined: no route matched
 */
export function findRouteLate(answer: object, find: () => string | undefined): void {
  const request = answeredRequest(answer);
  if (request !== undefined) request.lateRoute = find;
}
