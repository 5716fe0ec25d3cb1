import type { Server } from 'node:net';
import { context } from '@opentelemetry/api';
import { requestOf } from '../request-context.js';
import { begin, beginEvent } from './begin-request.js';
import { listenerThrew } from './thrown-requests.js';

/** An `emit` of a server. */
export type Emit = (this: Server, event: string | symbol, ...args: unknown[]) => boolean;

/** A server whose requests are left out: the monitor's own. */
export const UNMONITORED: unique symbol = Symbol.for('otel-monitor.http.unmonitored') as never;

/** An `emit` that starts a request for each event that brings one, and runs its listeners within it. */
export function monitoredEmit(emit: Emit): Emit {
  return function emitMonitored(this: Server, event, ...args) {
    switch (event) {
      case 'request':
        return emitRequest(emit, this, args[0], args[1]);
      case 'checkContinue':
      case 'checkExpectation':
      case 'stream':
      case 'upgrade':
      case 'connect':
        return emitOther(emit, this, event, args);
      default:
        return Reflect.apply(emit, this, [event, ...args]);
    }
  };
}

/** The event of nearly all requests, without lists of arguments in between. */
function emitRequest(emit: Emit, server: Server, message: unknown, response: unknown): boolean {
  if (isLeftAlone(server) || server.listenerCount('request') === 0) return callRequest(emit, server, message, response);
  const begun = begin(message, 'request', response);
  if (begun === undefined) return callRequest(emit, server, message, response);
  try {
    return context.with(begun, callRequest, undefined, emit, server, message, response);
  } catch (error) {
    const request = requestOf(begun);
    if (request !== undefined) listenerThrew(request, error);
    throw error;
  }
}

function callRequest(emit: Emit, server: Server, message: unknown, response: unknown): boolean {
  return emit.call(server, 'request', message, response);
}

function emitOther(emit: Emit, server: Server, event: string, args: unknown[]): boolean {
  // without a listener Node answers by itself
  if (isLeftAlone(server) || server.listenerCount(event) === 0) return call(emit, server, event, args);
  const begun = beginEvent(event, args);
  if (begun === undefined) return call(emit, server, event, args);
  try {
    return context.with(begun, call, undefined, emit, server, event, args);
  } catch (error) {
    const request = requestOf(begun);
    if (request !== undefined) listenerThrew(request, error);
    throw error;
  }
}

function isLeftAlone(server: Server & { [UNMONITORED]?: true }): boolean {
  return server[UNMONITORED] === true;
}

function call(emit: Emit, server: Server, event: string, args: unknown[]): boolean {
  return Reflect.apply(emit, server, [event, ...args]);
}
