import { EventEmitter } from 'node:events';
import type Http from 'node:http';
import type Https from 'node:https';
import net, { type Server } from 'node:net';
import { processWide } from '@otel-monitor/runtime';
import { stopCountingAnswers } from './counted-answers.js';
import { innermostEmit } from './innermost-emit.js';
import { type Emit, monitoredEmit } from './monitored-emit.js';

/** On an `emit` of ours, of whichever copy of this package: to be within it is no matter. */
const MONITORED: unique symbol = Symbol.for('otel-monitor.http.monitored') as never;

interface Marked {
  [MONITORED]?: true;
}

const patched = processWide<{ undo: (() => void) | undefined }>('http-servers', () => ({ undo: undefined }));

/**
 * Records the requests of every server of the process, of node:http, node:https and node:http2 alike, whenever it was or
 * will be made. A second call, by any copy of this package, does nothing more. Gives the way back.
 */
export function monitorHttpServers(): () => void {
  if (patched.undo === undefined) {
    const undone = serverPrototypes().map(wrapEmit);
    patched.undo = () => {
      for (const undo of undone) undo();
      stopCountingAnswers();
      patched.undo = undefined;
    };
  }
  return patched.undo;
}

/** Records the requests of one server. Gives the way back. */
export function monitorServer(server: Server): () => void {
  return wrapEmit(server);
}

/**
 * All servers come from net.Server, and find their `emit` there; except where somebody has put one of his own on those of
 * node:http and node:https before, where the latter is loaded for nobody else.
 */
function serverPrototypes(): object[] {
  const http = process.getBuiltinModule('node:http') as typeof Http;
  if (!Object.hasOwn(http.Server.prototype, 'emit')) return [net.Server.prototype];
  const https = process.getBuiltinModule('node:https') as typeof Https;
  const patchedByOthers = [http, https].map(({ Server }) => Server.prototype as object);
  return [net.Server.prototype, ...patchedByOthers.filter((prototype) => Object.hasOwn(prototype, 'emit'))];
}

function wrapEmit(target: object): () => void {
  const emitter = target as { emit: Emit };
  const isOwn = Object.hasOwn(emitter, 'emit');
  const before = emitter.emit;
  const isOurs = (before as Marked)[MONITORED] === true;
  const wrapped: Emit & Marked =
    isOurs || before === EventEmitter.prototype.emit ? monitoredEmit(before) : innermostEmit(before);
  wrapped[MONITORED] = true;
  define(emitter, wrapped);
  return () => {
    // who wrapped it since goes on calling this one, which does no harm
    if (emitter.emit !== wrapped) return;
    if (isOwn) define(emitter, before);
    else Reflect.deleteProperty(emitter, 'emit');
  };
}

function define(emitter: object, emit: Emit): void {
  Object.defineProperty(emitter, 'emit', { value: emit, configurable: true, writable: true, enumerable: false });
}
