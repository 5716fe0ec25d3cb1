import type crypto from 'node:crypto';

/** `node:crypto`, loaded by the first who needs it: it costs a process half a megabyte and 5 ms. */
export function nodeCrypto(): typeof crypto {
  return process.getBuiltinModule('node:crypto') as typeof crypto;
}
