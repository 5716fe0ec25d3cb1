import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Surroundings } from '../surroundings.js';
import type { ServiceAddress } from './ask-service.js';

/** Options that say which service is asked. */
export interface ServiceOptions {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}

const ROLES = ['VIEWER', 'OPERATOR', 'ADMIN'] as const;
export type TokenRole = (typeof ROLES)[number];

export const DEFAULT_URL = 'http://127.0.0.1:9464';

/** An option or variable that cannot be used; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * The address that is asked. Throws a UsageError for one that is none.
 *
 * @param role the least that is needed: of the environment's tokens the lowest that is enough is taken
 */
export function serviceAddress(
  { url = DEFAULT_URL, token }: ServiceOptions,
  surroundings: Surroundings,
  role: TokenRole = 'VIEWER',
): ServiceAddress {
  const parsed = parseUrl(url);
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.search !== '') {
    throw new UsageError('--url: expected an address such as http://127.0.0.1:9464, without credentials or query');
  }
  return {
    url: `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, ''),
    token: usableToken(token ?? tokenOf(surroundings, role)),
    role,
  };
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function usableToken(token: string | undefined): string | undefined {
  if (token === undefined || token === '') return undefined;
  // what fetch would refuse as a header is refused here, without being shown
  if (!/^[\x21-\x7e]{1,4096}$/.test(token)) throw new UsageError('the token has characters that no token has');
  return token;
}

/** The token that the environment has, that of the lowest role first. */
function tokenOf({ env, cwd }: Surroundings, least: TokenRole): string | undefined {
  for (const role of ROLES.slice(ROLES.indexOf(least))) {
    const name = `OTEL_MONITOR_TOKEN_${role}`;
    if (env[name]) return env[name];
    const file = env[`${name}_FILE`];
    if (!file) continue;
    try {
      return readFileSync(resolve(cwd, file), 'utf8').trim();
    } catch {
      throw new UsageError(`${name}_FILE: the file cannot be read`);
    }
  }
  return undefined;
}
