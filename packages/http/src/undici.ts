import { inExchange } from './client/exchange-context.js';
import { listenToClients } from './client/monitor-clients.js';

type Dispatch = (options: never, handler: never) => boolean;

/**
 * An interceptor for undici: `new Agent().compose(monitorUndiciDispatcher())` records each request that goes through, and
 * sends its trace along. Put it before those that retry or follow redirects, so that they are counted as sent again.
 */
export function monitorUndiciDispatcher(): <D extends Dispatch>(dispatch: D) => D {
  listenToClients();
  return <D extends Dispatch>(dispatch: D) =>
    ((options, handler) => inExchange(dispatch, undefined as never, options, handler)) as D;
}
