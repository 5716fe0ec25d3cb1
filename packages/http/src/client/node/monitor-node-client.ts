import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type http from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { subscribeLast } from '../last-subscriber.js';
import { requestAnswered, requestCreated, requestFailed, requestMade } from './client-requests.js';
import { doesNodeTell } from './does-node-tell.js';

/** Published by Node with each request before it is sent; before 22.12 by none. */
const CREATED = 'http.client.request.created';
const STARTED = 'http.client.request.start';
const FAILED = 'http.client.request.error';
const ANSWERED = 'http.client.response.finish';

interface Message {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly error: unknown;
}

/**
 * Has requests of node:http and node:https recorded when `isWanted` says so, as they are sent. Gives the way back.
 *
 * Where Node does not tell of requests in time for their headers, the moment is taken at which it makes headers of what
 * was set: whoever sends a request, over whichever agent, comes by there.
 */
export function monitorNodeClient(isWanted: () => boolean): () => void {
  const created = (message: unknown) => requestCreated((message as Message).request, isWanted);
  const failed = (message: unknown) => requestFailed((message as Message).request, (message as Message).error);
  const answered = (message: unknown) => requestAnswered((message as Message).request, (message as Message).response);
  // headers that were given as a list were made before: such a request is recorded, its trace cannot go with it
  const undoCreated = doesNodeTell()
    ? subscribeLast(CREATED, created)
    : both(patchHeaders(isWanted), listen(STARTED, created));
  return both(undoCreated, both(listen(FAILED, failed), listen(ANSWERED, answered)));
}

function listen(channel: string, listener: (message: unknown) => void): () => void {
  subscribe(channel, listener);
  return () => void unsubscribe(channel, listener);
}

function both(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}

type ImplicitHeader = (this: ClientRequest) => void;

function patchHeaders(isWanted: () => boolean): () => void {
  const { ClientRequest: Request } = process.getBuiltinModule('node:http') as typeof http;
  const prototype = Request.prototype as ClientRequest & { _implicitHeader: ImplicitHeader };
  const original = prototype._implicitHeader;
  const monitored: ImplicitHeader = function monitoredHeader(this: ClientRequest) {
    // whoever has put a step in between writes headers as the head is made
    const isLast = !Object.hasOwn(prototype, '_storeHeader');
    if (isLast) requestCreated(this, isWanted);
    original.call(this);
    if (!isLast) requestMade(this, isWanted);
  };
  prototype._implicitHeader = monitored;
  return () => {
    if (prototype._implicitHeader === monitored) prototype._implicitHeader = original;
  };
}
