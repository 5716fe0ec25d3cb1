import { copied } from './cut-text.js';
import { nodeCrypto } from './node-crypto.js';
import { processWide } from './registry.js';
import { runtimeState } from './state.js';

/** Users whose hashes are remembered; the one met longest ago leaves. */
const MAX_KNOWN = 1000;
/** A longer id is hashed each time, and not held. */
const MAX_KNOWN_LENGTH = 256;

/** The key of this process alone: without a configured one, hashes can be compared within one process and not across them. */
export function processUserHashKey(): Buffer {
  return processWide('user-hash-key', () => nodeCrypto().randomBytes(32));
}

const known = new Map<string, string>();
let knownKey: string | undefined;

/** A keyed hash of a user's id, 32 hexadecimal digits (HMAC-SHA-256, cut): `user.hash`. The latest are remembered: a hash costs microseconds. */
export function userHash(userId: string): string {
  const key = runtimeState.userHashKey;
  if (key !== knownKey) {
    known.clear();
    knownKey = key;
  }
  const before = known.get(userId);
  if (before !== undefined) {
    known.delete(userId);
    known.set(userId, before);
    return before;
  }
  const digest = nodeCrypto()
    .createHmac('sha256', key ?? processUserHashKey())
    .update(userId)
    .digest('hex');
  const hash = digest.slice(0, 32);
  if (userId.length > MAX_KNOWN_LENGTH) return hash;
  if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value as string);
  // an id cut out of a large text would keep all of the text
  known.set(copied(userId), hash);
  return hash;
}
