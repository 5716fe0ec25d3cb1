import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { type Context, context } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import { isIgnored } from '../../ignored-paths.js';
import { UNTRACED } from '../../suppressed-tracing.js';
import type { ServerRequest } from '../server-request.js';
import { passedThrough } from '../server-requests.js';
import { startStream } from './http2-streams.js';
import { type Incoming, isSeen, markSeen } from './monitored-messages.js';
import { startRequest } from './node-requests.js';
import { startUpgrade } from './upgrade-requests.js';

/**
 * Begins the request that an event of a server brings, if nobody has: starts it, or leaves it out. Never throws.
 *
 * @returns the context that all work for it must run in; undefined: the one that is active
 */
export function beginEvent(event: string, args: readonly unknown[]): Context | undefined {
  const incoming = args[0] as Incoming | undefined;
  if (typeof incoming !== 'object' || incoming === null || isSeen(incoming)) return undefined;
  markSeen(incoming);
  const isStream = event === 'stream';
  const headers = (isStream ? args[1] : incoming.headers) as IncomingHttpHeaders;
  if (!runtimeState.enabled) return passedThrough(headers);
  if (isIgnored((isStream ? headers[':path'] : incoming.url) ?? '/')) return UNTRACED;
  return start(event, args)?.context;
}

/**
 * The same for frameworks, which have a request and its answer in their hands.
 *
 * @param message of node:http, or of the compatibility layer of node:http2
 */
export function beginRequest(message: unknown, response: unknown): Context {
  const { stream, headers, httpVersionMajor } = message as Incoming & { readonly httpVersionMajor?: number };
  const begun =
    stream !== undefined && httpVersionMajor === 2 && !isSeen(message as Incoming)
      ? beginEvent('stream', [stream, headers])
      : beginEvent('request', [message, response]);
  return begun ?? context.active();
}

function start(event: string, args: readonly unknown[]): ServerRequest | undefined {
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
