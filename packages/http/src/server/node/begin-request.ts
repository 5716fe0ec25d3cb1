import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { type Context, context } from '@opentelemetry/api';
import { UNTRACED } from '@otel-monitor/propagation';
import { report, runtimeState } from '@otel-monitor/runtime';
import { isIgnored } from '../../ignored-paths.js';
import { isRecordedByOthers } from '../other-instrumentation.js';
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
  if (event !== 'stream') return begin(args[0], event, args[1]);
  try {
    return beginStream(args[0] as ServerHttp2Stream, args[1] as IncomingHttpHeaders);
  } catch {
    return unmonitored();
  }
}

/** The same for an event that brings a request of HTTP/1. */
export function begin(message: unknown, event: string, answer: unknown): Context | undefined {
  try {
    return beginMessage(message, event, answer);
  } catch {
    return unmonitored();
  }
}

function beginStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Context | undefined {
  if (!isNew(stream)) return undefined;
  if (!runtimeState.enabled) return leftToOthers() ?? passedThrough(headers);
  if (isIgnored(headers[':path'] ?? '/')) return leftToOthers() ?? UNTRACED;
  return begun(stream, startStream(stream, headers));
}

function beginMessage(message: unknown, event: string, answer: unknown): Context | undefined {
  if (!isNew(message)) return undefined;
  const incoming = message as IncomingMessage;
  // its headers are made when they are asked for
  if (!runtimeState.enabled) return leftToOthers() ?? passedThrough(incoming.headers);
  if (isIgnored(incoming.url ?? '/')) return leftToOthers() ?? UNTRACED;
  const isUpgrade = event === 'upgrade' || event === 'connect';
  const request = isUpgrade
    ? startUpgrade(incoming, answer as Duplex)
    : startRequest(incoming, answer as ServerResponse);
  return begun(incoming, request);
}

function begun(incoming: object, request: ServerRequest | undefined): Context | undefined {
  if (request === undefined) return undefined;
  markSeen(incoming, request);
  return request.context;
}

/** What we leave out another instrumentation may record: its context is the one to work in then. */
function leftToOthers(): Context | undefined {
  const active = context.active();
  return isRecordedByOthers(active) ? active : undefined;
}

/** What is emitted by hand may be anything. */
function unmonitored(): undefined {
  report('http-request', 'a request could not be recorded; it was answered unmonitored');
}

function isNew(message: unknown): boolean {
  const incoming = message as Incoming | undefined;
  if (typeof incoming !== 'object' || incoming === null || isSeen(incoming)) return false;
  // before it is started: what cannot be marked would be started twice
  markSeen(incoming, null);
  return true;
}

/**
 * The same for frameworks, which have a request and its answer in their hands.
 *
 * @param message of node:http, or of the compatibility layer of node:http2
 */
export function beginRequest(message: unknown, response: unknown): Context {
  const { stream, headers, httpVersionMajor } = message as Incoming & { readonly httpVersionMajor?: number };
  const given =
    stream !== undefined && httpVersionMajor === 2 && !isSeen(message as Incoming)
      ? beginEvent('stream', [stream, headers])
      : beginEvent('request', [message, response]);
  return given ?? context.active();
}
