import { readFileSync } from 'node:fs';
import { nodeCrypto } from '@otel-monitor/runtime';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** A random UUID (RFC 9562, version 4). On Linux the kernel makes one, so that `node:crypto` need not be loaded. */
export function randomUuid(): string {
  try {
    const text = readFileSync('/proc/sys/kernel/random/uuid', 'latin1').trim();
    if (UUID.test(text)) return text;
  } catch {
    // another system, or no /proc here
  }
  return nodeCrypto().randomUUID();
}
