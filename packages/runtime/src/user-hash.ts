import { nodeCrypto } from './node-crypto.js';
import { processWide } from './registry.js';
import { runtimeState } from './state.js';

/** Without a configured key, hashes can be compared within one process and not across them. */
const processKey = (): Buffer => processWide('user-hash-key', () => nodeCrypto().randomBytes(32));

/** A keyed hash of a user's id, 32 hexadecimal digits (HMAC-SHA-256, cut): `user.hash`. */
export function userHash(userId: string): string {
  const key = runtimeState.userHashKey ?? processKey();
  return nodeCrypto().createHmac('sha256', key).update(userId).digest('hex').slice(0, 32);
}
