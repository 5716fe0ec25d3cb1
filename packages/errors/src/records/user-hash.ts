import { nodeCrypto, processWide, runtimeState } from '@otel-monitor/runtime';

/** Users whose hashes are remembered; the one met longest ago leaves. */
const MAX_KNOWN = 1000;
/** A longer id is hashed each time, and not held. */
const MAX_KNOWN_LENGTH = 256;

/** Without a configured key, hashes can be compared within one process and not across them. */
const processKey = (): Buffer => processWide('user-hash-key', () => nodeCrypto().randomBytes(32));

const known = new Map<string, string>();
let knownKey: string | undefined;

/** A keyed hash of a user's id, 32 hexadecimal digits (HMAC-SHA-256, cut). */
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
    .createHmac('sha256', key ?? processKey())
    .update(userId)
    .digest('hex');
  const hash = digest.slice(0, 32);
  if (userId.length > MAX_KNOWN_LENGTH) return hash;
  if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value as string);
  known.set(userId, hash);
  return hash;
}
