import type { Caller } from './caller.js';
import { isLoopbackHost, plainAddress } from './loopback.js';
import type { AskedHeaders } from './page.js';

/**
 * Refuses what a page in a browser could send here under its own name (DNS rebinding), or across origins. A name that
 * leads to this machine is only good if it is loopback's, the address that the request came in by, or allowed.
 */
export class HostPolicy {
  readonly #allowed: ReadonlySet<string>;

  constructor(allowedHosts: readonly string[]) {
    this.#allowed = new Set(allowedHosts.map((host) => plainAddress(host.trim())));
  }

  /** Why the request is refused, as a sentence; undefined when it is not. */
  refusal({ headers, url }: { headers: AskedHeaders; url: string }, caller: Caller): string | undefined {
    // a request that came in by no socket may have no such header
    const host = authority(`http://${headers.get('host') ?? new URL(url).host}`);
    if (host === undefined || !this.#isOwn(host.name, caller)) {
      return 'the Host header is none of this server: add the name to server.allowed_hosts if it is';
    }
    const origin = headers.get('origin');
    if (origin === null) return undefined;
    const from = authority(origin);
    const isOwn = from !== undefined && (from.whole === host.whole || this.#allowed.has(from.name));
    return isOwn ? undefined : 'requests of pages of another origin are refused';
  }

  #isOwn(name: string, { ownAddress }: Caller): boolean {
    return isLoopbackHost(name) || name === ownAddress || this.#allowed.has(name);
  }
}

/** The host of an http address, with and without its port; undefined for anything with more or less than that. */
function authority(address: string): { name: string; whole: string } | undefined {
  try {
    const { protocol, hostname, host, pathname, search, hash, username, password } = new URL(address);
    const rest = pathname.slice(1) + search + hash + username + password;
    if (!/^https?:$/.test(protocol) || hostname === '' || rest !== '') return undefined;
    return { name: plainAddress(hostname), whole: host };
  } catch {
    return undefined;
  }
}
