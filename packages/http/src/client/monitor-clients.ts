import { context } from '@opentelemetry/api';
import { processWide } from '@otel-monitor/runtime';
import { exchangeOf } from './exchange-context.js';
import { monitorNodeClient } from './node/monitor-node-client.js';
import { monitorUndici } from './undici-requests.js';

/** One for the process, whichever copy of this package comes first. */
const clients = processWide<{ isListening: boolean; areAll: boolean }>('http-clients', () => ({
  isListening: false,
  areAll: false,
}));

/**
 * Records the requests of every client of the process that sends by node:http, node:https, fetch or undici: axios, got and
 * most others do. A second call does nothing more. Gives the way back.
 */
export function monitorHttpClients(): () => void {
  listenToClients();
  clients.areAll = true;
  return () => {
    clients.areAll = false;
  };
}

/** Makes sure that requests are seen as they are sent; those of an exchange are recorded, and all if all are wanted. */
export function listenToClients(): void {
  if (clients.isListening) return;
  clients.isListening = true;
  monitorNodeClient(isWanted);
  monitorUndici(isWanted);
}

function isWanted(): boolean {
  return clients.areAll || exchangeOf(context.active()) !== undefined;
}
