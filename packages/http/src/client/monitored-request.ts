import type http from 'node:http';
import type https from 'node:https';
import { inExchange } from './exchange-context.js';
import { listenToClients } from './monitor-clients.js';
import { requestCreated } from './node/client-requests.js';

/** `http.request`, with the request recorded and its trace sent along. Everything else is as node:http has it. */
export const monitoredHttpRequest: typeof http.request = (...args: unknown[]) => {
  const { request } = process.getBuiltinModule('node:http') as typeof http;
  return send(request, args);
};

/** `https.request`, as above. */
export const monitoredHttpsRequest: typeof https.request = (...args: unknown[]) => {
  const { request } = process.getBuiltinModule('node:https') as typeof https;
  return send(request, args);
};

function send(request: unknown, args: unknown[]): http.ClientRequest {
  listenToClients();
  return inExchange((): http.ClientRequest => {
    const created = (request as (...given: unknown[]) => http.ClientRequest)(...args);
    // it may be sent later, and from elsewhere
    requestCreated(created, () => true);
    return created;
  }, undefined);
}
