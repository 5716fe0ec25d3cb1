import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerRequest } from '../server-request.js';

const queued = new WeakMap<Socket, Map<ServerResponse, ServerRequest>>();

/**
 * Follows the answer to a request that came while the one before it on its connection was not answered yet (pipelining).
 * It gets no connection before its turn, and where that closes earlier Node tells the answer nothing.
 */
export function followQueued(socket: Socket, response: ServerResponse, request: ServerRequest): void {
  let waiting = queued.get(socket);
  if (waiting === undefined) {
    waiting = new Map();
    queued.set(socket, waiting);
    socket.on('close', onSocketClose);
  }
  waiting.set(response, request);
  response.on('close', () => void waiting.delete(response));
}

function onSocketClose(this: Socket): void {
  for (const [response, request] of queued.get(this) ?? []) {
    // one that has got the connection is told by Node
    if (response.socket === null) request.answered({ status: undefined, isComplete: false });
  }
}
