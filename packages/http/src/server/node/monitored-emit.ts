import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { context } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import { isIgnored } from '../../ignored-paths.js';
import { UNTRACED } from '../../suppressed-tracing.js';
import type { ServerRequest } from '../server-request.js';
import { passedThrough } from '../server-requests.js';
import { startStream } from './http2-streams.js';
import { startRequest } from './node-requests.js';
import { startUpgrade } from './upgrade-requests.js';

/** An `emit` of a server. */
export type Emit = (this: Server, event: string | symbol, ...args: unknown[]) => boolean;

/** A server whose requests are left out: the monitor's own. */
export const UNMONITORED: unique symbol = Symbol.for('otel-monitor.http.unmonitored') as never;
/** A request that was seen: servers and listeners pass events on, and a server may be monitored more than once. */
const SEEN: unique symbol = Symbol.for('otel-monitor.http.seen') as never;

/** What comes first with an event: a request, or a stream of HTTP/2, which the request of its compatibility layer holds. */
interface Carrier {
  [SEEN]?: true;
  readonly stream?: Carrier;
  readonly headers?: IncomingHttpHeaders;
  readonly url?: string;
}

/** An `emit` that starts a request for each event that brings one, and runs its listeners within it. */
export function monitoredEmit(emit: Emit): Emit {
  return function emitMonitored(this: Server, event, ...args) {
    switch (event) {
      case 'request':
      case 'checkContinue':
      case 'checkExpectation':
      case 'stream':
      case 'upgrade':
      case 'connect':
        return emitRequest(emit, this, event, args);
      default:
        return Reflect.apply(emit, this, [event, ...args]);
    }
  };
}

function emitRequest(emit: Emit, server: Server, event: string, args: unknown[]): boolean {
  const carrier = args[0] as Carrier | undefined;
  // without a listener Node answers by itself
  if (carrier === undefined || isSeen(carrier) || isLeftAlone(server) || server.listenerCount(event) === 0) {
    return call(emit, server, event, args);
  }
  carrier[SEEN] = true;
  const headers = (event === 'stream' ? args[1] : carrier.headers) as IncomingHttpHeaders;
  if (!runtimeState.enabled) {
    return context.with(passedThrough(headers), call, undefined, emit, server, event, args);
  }
  if (isIgnored((event === 'stream' ? headers[':path'] : carrier.url) ?? '/')) {
    return context.with(UNTRACED, call, undefined, emit, server, event, args);
  }
  const request = start(event, args);
  if (request === undefined) return call(emit, server, event, args);
  try {
    return context.with(request.context, call, undefined, emit, server, event, args);
  } catch (error) {
    threw(request, error);
    throw error;
  }
}

function isSeen(carrier: Carrier): boolean {
  return carrier[SEEN] === true || carrier.stream?.[SEEN] === true;
}

function isLeftAlone(server: Server & { [UNMONITORED]?: true }): boolean {
  return server[UNMONITORED] === true;
}

function call(emit: Emit, server: Server, event: string, args: unknown[]): boolean {
  return Reflect.apply(emit, server, [event, ...args]);
}

function start(event: string, args: unknown[]): ServerRequest | undefined {
  switch (event) {
    case 'stream':
      return startStream(args[0] as ServerHttp2Stream, args[1] as IncomingHttpHeaders);
    case 'upgrade':
    case 'connect':
      return startUpgrade(args[0] as IncomingMessage, args[1] as Duplex);
    default:
      return startRequest(args[0] as IncomingMessage, args[1] as ServerResponse);
  }
}

/** A listener threw. Where nobody catches that the process ends, and no answer will: the request ends here. */
function threw(request: ServerRequest, error: unknown): void {
  request.failed(error);
  if (process.listenerCount('uncaughtException') === 0) request.answered({ status: undefined, isComplete: false });
}
