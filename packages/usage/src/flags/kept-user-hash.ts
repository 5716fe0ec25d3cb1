import { runtimeState, userHash } from '@otel-monitor/runtime';

const MAX_KEPT = 2048;

let hashes = new Map<string, string>();
let keyOfHashes: string | undefined;

/** `user.hash` of an id. The latest are kept: who is evaluated once is evaluated again, and a hash costs microseconds. */
export function keptUserHash(id: string): string {
  if (keyOfHashes !== runtimeState.userHashKey || hashes.size >= MAX_KEPT) {
    keyOfHashes = runtimeState.userHashKey;
    hashes = new Map();
  }
  let hash = hashes.get(id);
  if (hash === undefined) {
    hash = userHash(id);
    hashes.set(id, hash);
  }
  return hash;
}
