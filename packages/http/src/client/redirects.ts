import type { Context } from '@opentelemetry/api';
import { type CallFacts, defaultPort } from './call-facts.js';

interface Expected {
  /** Where the redirect leads. */
  readonly url: string;
  /** How often the request was sent before. */
  readonly count: number;
}

/** What requests that were redirected will be next, by the context that they were sent in. */
const expected = new WeakMap<Context, Expected>();

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Remembers where a request that was sent in `sender` is redirected to. Never throws. */
export function redirected(sender: Context, from: CallFacts, status: number, location: unknown, resends: number): void {
  if (!REDIRECTS.has(status) || typeof location !== 'string') return;
  try {
    expected.set(sender, { url: new URL(location, addressOf(from)).href, count: resends + 1 });
  } catch {
    // an address that is none leads nowhere
  }
}

/** How often what is sent in `sender` was sent before, if it follows a redirect: 0 for what is new. */
export function redirectsTo(sender: Context, facts: CallFacts): number {
  const next = expected.get(sender);
  if (next === undefined || next.url !== new URL(addressOf(facts)).href) return 0;
  expected.delete(sender);
  return next.count;
}

function addressOf({ scheme, address, port, target }: CallFacts): string {
  return `${scheme}://${address}${port === defaultPort(scheme) ? '' : `:${port}`}${target}`;
}
