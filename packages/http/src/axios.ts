import { inExchange } from './client/exchange-context.js';
import { listenToClients } from './client/monitor-clients.js';

/** An axios instance, as far as it is needed here. */
export interface AxiosLike {
  readonly interceptors: { readonly request: object };
  request(...args: never[]): Promise<unknown>;
}

/** Methods by which an instance sends, beside being called itself. */
const SENDING = [
  'request',
  'get',
  'delete',
  'head',
  'options',
  'post',
  'put',
  'patch',
  'postForm',
  'putForm',
  'patchForm',
] as const;

/**
 * Has the requests of an axios instance recorded, and gives the instance: `const api = monitorAxios(axios.create(…))`.
 * Redirects are counted as sent again. Where all clients of the process are monitored it changes nothing.
 */
export function monitorAxios<T extends AxiosLike>(instance: T): T {
  listenToClients();
  const target = instance as unknown as Record<string, unknown>;
  for (const name of SENDING) {
    const send = target[name];
    if (typeof send !== 'function') continue;
    target[name] = function monitored(this: unknown, ...args: unknown[]): unknown {
      return inExchange(send as (...given: unknown[]) => unknown, this, ...args);
    };
  }
  return instance;
}
