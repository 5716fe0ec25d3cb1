import type { IncomingHttpHeaders } from 'node:http2';
import type { ServerRequest } from '../server-request.js';

/** What was seen: servers and listeners pass events on, and a server may be monitored more than once. */
const SEEN: unique symbol = Symbol.for('otel-monitor.http.seen') as never;
/** The request that an answer belongs to; the same property in every copy of this package. */
const REQUEST: unique symbol = Symbol.for('otel-monitor.http.request') as never;

/** What comes first with an event: a request, or a stream of HTTP/2, which the request of its compatibility layer holds. */
export interface Incoming {
  [SEEN]?: true;
  readonly stream?: Incoming;
  readonly headers?: IncomingHttpHeaders;
  readonly url?: string;
}

interface Answer {
  [REQUEST]?: ServerRequest;
  readonly stream?: Answer;
}

/** Whether somebody has started the request, or decided to leave it out. */
export function isSeen(incoming: Incoming): boolean {
  return incoming[SEEN] === true || incoming.stream?.[SEEN] === true;
}

export function markSeen(incoming: Incoming): void {
  incoming[SEEN] = true;
}

/**
 * The request that is answered here; undefined: it is left out, or another instrumentation records it.
 *
 * @param answer a response of node:http, a stream of HTTP/2, or the compatibility layer's response, which holds one
 */
export function answeredRequest(answer: object): ServerRequest | undefined {
  const { [REQUEST]: request, stream } = answer as Answer;
  return request ?? stream?.[REQUEST];
}

export function setAnsweredRequest(answer: object, request: ServerRequest): void {
  (answer as Answer)[REQUEST] = request;
}
