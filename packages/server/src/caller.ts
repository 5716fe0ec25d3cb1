import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, plainAddress } from './loopback.js';
import type { AskedHeaders } from './page.js';

/** Headers that a proxy puts in: the caller is then somebody else than the socket's other end. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** Who asks, as far as the connection tells; nothing where there is none, as in a bare `fetch(request)`. */
export interface Caller {
  /** On this machine, and not through a proxy. */
  readonly isLocal: boolean;
  /** The address that the request came in by. */
  readonly ownAddress: string | undefined;
}

/** Bindings of @hono/node-server: the request as Node has it. */
export interface NodeBindings {
  readonly incoming?: IncomingMessage;
}

export function callerOf(headers: AskedHeaders, incoming: IncomingMessage | undefined): Caller {
  const socket = incoming?.socket;
  const remote = socket?.remoteAddress;
  const isProxied = PROXY_HEADERS.some((name) => headers.has(name));
  return {
    isLocal: remote !== undefined && isLoopbackAddress(remote) && !isProxied,
    ownAddress: socket?.localAddress === undefined ? undefined : plainAddress(socket.localAddress),
  };
}
