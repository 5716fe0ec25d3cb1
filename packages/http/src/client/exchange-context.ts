import { type Context, context, createContextKey } from '@opentelemetry/api';

/** One call of the user's: what is sent for it, and sent again for a redirect or a retry. */
export interface Exchange {
  /** Requests that were sent for it. */
  sent: number;
}

const EXCHANGE_KEY = createContextKey('otel-monitor.http.exchange');

/** Runs `send`, whose HTTP requests are recorded whether or not all of the process are: they belong to one call of the user's. */
export function inExchange<This, Args extends unknown[], Result>(
  send: (this: This, ...args: Args) => Result,
  self: This,
  ...args: Args
): Result {
  const exchange: Exchange = { sent: 0 };
  const within = context.active().setValue(EXCHANGE_KEY, exchange);
  return context.with(within, send, self as never, ...args);
}

/** The call that work in `given` belongs to, if any. */
export function exchangeOf(given: Context): Exchange | undefined {
  return given.getValue(EXCHANGE_KEY) as Exchange | undefined;
}
