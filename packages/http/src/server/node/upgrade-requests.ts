import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { oneRequests } from '../one-requests.js';
import type { ServerRequest } from '../server-request.js';
import { IncomingFacts } from './incoming-message.js';

/** The first line of an answer that is written to a socket by hand. */
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/;
const STATUS_LINE_LENGTH = 12;

/**
 * Starts the request that asks for another protocol, or for a tunnel. It ends when the first bytes of the answer are
 * written, whose status line tells how: what follows on the socket is not HTTP. Never throws.
 */
export function startUpgrade(message: IncomingMessage, socket: Duplex): ServerRequest | undefined {
  const request = oneRequests.start(new IncomingFacts(message));
  if (request === undefined) return undefined;
  const onClose = () => request.answered({ status: undefined, isComplete: false, error: socket.errored });
  const settle = (chunk: unknown) => {
    const status = statusOf(chunk);
    Reflect.deleteProperty(socket, 'write');
    Reflect.deleteProperty(socket, 'end');
    socket.removeListener('close', onClose);
    request.answered({ status, isComplete: status !== undefined });
  };
  socket.on('close', onClose);
  for (const name of ['write', 'end'] as const) {
    if (Object.hasOwn(socket, name)) continue;
    const original = socket[name] as (...args: unknown[]) => unknown;
    Object.defineProperty(socket, name, {
      configurable: true,
      writable: true,
      value(this: Duplex, ...args: unknown[]): unknown {
        settle(args[0]);
        return Reflect.apply(original, this, args);
      },
    });
  }
  return request;
}

function statusOf(chunk: unknown): number | undefined {
  const text =
    typeof chunk === 'string'
      ? chunk.slice(0, STATUS_LINE_LENGTH)
      : chunk instanceof Uint8Array
        ? Buffer.from(chunk.subarray(0, STATUS_LINE_LENGTH)).toString('latin1')
        : '';
  const status = STATUS_LINE.exec(text)?.[1];
  return status === undefined ? undefined : Number(status);
}
