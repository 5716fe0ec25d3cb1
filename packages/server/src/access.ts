import type crypto from 'node:crypto';
import type { ServerRole } from '@otel-monitor/config';
import type { Caller } from './caller.js';
import type { AskedHeaders } from './page.js';
import type { ServerOptions } from './server-options.js';

/** From the one that may least to the one that may most. */
const ROLES: readonly ServerRole[] = ['viewer', 'operator', 'admin'];

/** Whether a caller may do what wants a role. */
export type Verdict = 'allowed' | 'no token' | 'bad token' | 'role too low';

/** Who may do what. */
export class Access {
  readonly #isOpen: boolean;
  /** Digests, so that neither the time of a comparison nor the memory of the process tells a token. */
  readonly #digests: readonly { role: number; digest: Buffer }[];

  constructor({ auth, tokens }: ServerOptions) {
    this.#isOpen = auth === 'none';
    this.#digests = ROLES.flatMap((name, role) => {
      const token = tokens?.[name];
      return token ? [{ role, digest: digestOf(token) }] : [];
    });
  }

  /** Whether nobody but a local caller gets in: no address but loopback may be served like that. */
  get isForLocalCallers(): boolean {
    return !this.#isOpen && this.#digests.length === 0;
  }

  check(wanted: ServerRole, headers: AskedHeaders, caller: Caller): Verdict {
    const token = /^Bearer +([\x21-\x7e]{1,4096}) *$/i.exec(headers.get('authorization') ?? '')?.[1];
    const byToken = token === undefined ? -1 : this.#roleOf(token);
    const withoutToken = this.#isOpen || (this.isForLocalCallers && caller.isLocal) ? 0 : -1;
    const role = Math.max(byToken, withoutToken);
    if (role >= ROLES.indexOf(wanted)) return 'allowed';
    if (role >= 0) return 'role too low';
    return headers.has('authorization') ? 'bad token' : 'no token';
  }

  /** The highest role of a token; -1 for one that is none. Every digest is compared, whichever is right. */
  #roleOf(token: string): number {
    const given = digestOf(token);
    let found = -1;
    for (const { role, digest } of this.#digests) {
      if (nodeCrypto().timingSafeEqual(given, digest)) found = role;
    }
    return found;
  }
}

/** Loaded when there are tokens: it costs a process half a megabyte. */
const nodeCrypto = () => process.getBuiltinModule('node:crypto') as typeof crypto;

function digestOf(token: string): Buffer {
  return nodeCrypto().createHash('sha256').update(token).digest();
}
