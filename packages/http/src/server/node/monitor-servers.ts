import type http from 'node:http';
import net, { type Server } from 'node:net';
import { processWide } from '@otel-monitor/runtime';
import { type Emit, monitoredEmit } from './monitored-emit.js';

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
 * node:http before.
 */
function serverPrototypes(): object[] {
  const { Server: HttpServer } = process.getBuiltinModule('node:http') as typeof http;
  return [net.Server.prototype, HttpServer.prototype].filter(
    (prototype) => prototype === net.Server.prototype || Object.hasOwn(prototype, 'emit'),
  );
}

function wrapEmit(target: object): () => void {
  const emitter = target as { emit: Emit };
  const isOwn = Object.hasOwn(emitter, 'emit');
  const before = emitter.emit;
  const wrapped = monitoredEmit(before);
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
