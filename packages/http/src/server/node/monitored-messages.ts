import type { IncomingHttpHeaders } from 'node:http2';
import type { ServerRequest } from '../server-request.js';

/** What was begun for a message; the same property in every copy of this package. Null: it is left out. */
const REQUEST: unique symbol = Symbol.for('otel-monitor.http.request') as never;

/** What comes first with an event: a request, or a stream of HTTP/2, which the request of its compatibility layer holds. */
export interface Incoming {
  [REQUEST]?: ServerRequest | null;
  readonly stream?: Incoming;
  readonly headers?: IncomingHttpHeaders;
  readonly url?: string;
}

/** What is answered on: it leads to the message that is answered, or is the stream of both. */
interface Answer extends Incoming {
  readonly req?: Incoming;
}

/** Whether somebody has begun the request: servers and listeners pass events on, and a server may be monitored twice. */
export function isSeen(incoming: Incoming): boolean {
  return incoming[REQUEST] !== undefined || incoming.stream?.[REQUEST] !== undefined;
}

/**
 * Remembers what was begun for a message. Nothing is put on its answer: that is changed enough by those who answer, and one
 * more property costs a framework's answers microseconds.
 *
 * @param request null: the message is left out
 */
export function markSeen(incoming: object, request: ServerRequest | null): void {
  (incoming as Incoming)[REQUEST] = request;
}

/**
 * The request that is answered here; undefined: it is left out, or another instrumentation records it.
 *
 * @param answer a response of node:http, a stream of HTTP/2, or the compatibility layer's response, which holds one
 */
export function answeredRequest(answer: object): ServerRequest | undefined {
  const { req, stream, [REQUEST]: own } = answer as Answer;
  return req?.[REQUEST] ?? stream?.[REQUEST] ?? own ?? undefined;
}
