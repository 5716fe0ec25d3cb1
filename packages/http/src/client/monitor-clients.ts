import { context } from '@opentelemetry/api';
import { processWide } from '@otel-monitor/runtime';
import { exchangeOf } from './exchange-context.js';
import { monitorNodeClient } from './node/monitor-node-client.js';
import { monitorUndici } from './undici-requests.js';

/** One for the process, whichever copy of this package comes first. */
const clients = processWide<{ isListening: boolean; http: boolean; undici: boolean }>('http-clients', () => ({
  isListening: false,
  http: false,
  undici: false,
}));

/** Which clients are recorded. */
export interface MonitoredClients {
  /** Those that send by node:http and node:https. Default true. */
  readonly http?: boolean;
  /** Those that send by fetch and undici. Default true. */
  readonly undici?: boolean;
}

/**
 * Records the requests of every client of the process that sends by node:http, node:https, fetch or undici: axios, got and
 * most others do. A second call does nothing more. Gives the way back.
 */
export function monitorHttpClients({ http = true, undici = true }: MonitoredClients = {}): () => void {
  listenToClients();
  clients.http ||= http;
  clients.undici ||= undici;
  return () => {
    clients.http = false;
    clients.undici = false;
  };
}

/** Makes sure that requests are seen as they are sent; those of an exchange are recorded, and all if all are wanted. */
export function listenToClients(): void {
  if (clients.isListening) return;
  clients.isListening = true;
  monitorNodeClient(() => clients.http || isOfExchange());
  monitorUndici(() => clients.undici || isOfExchange());
}

function isOfExchange(): boolean {
  return exchangeOf(context.active()) !== undefined;
}
