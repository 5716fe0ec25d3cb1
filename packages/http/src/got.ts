import { inExchange } from './client/exchange-context.js';
import { listenToClients } from './client/monitor-clients.js';

type Handler = (options: never, next: (options: never) => unknown) => unknown;

/** A got instance, as far as it is needed here. */
export interface GotLike {
  extend(...options: never[]): unknown;
}

/**
 * A got instance whose requests are recorded: `const api = monitorGot(got)`. Retries and redirects are counted as sent
 * again. Where all clients of the process are monitored it changes nothing.
 */
export function monitorGot<T extends GotLike>(instance: T): T {
  listenToClients();
  const handler: Handler = (options, next) => inExchange(next, undefined as never, options);
  return instance.extend({ handlers: [handler] } as never) as T;
}
