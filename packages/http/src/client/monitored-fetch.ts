import { inExchange } from './exchange-context.js';
import { listenToClients } from './monitor-clients.js';

/**
 * `fetch`, with each of its requests recorded and its trace sent along, redirects included; also where not all clients of
 * the process are monitored. Everything else is as `fetch` has it.
 */
export const monitoredFetch: typeof fetch = (...args: Parameters<typeof fetch>) => {
  listenToClients();
  return inExchange(fetch, undefined as never, ...args);
};
