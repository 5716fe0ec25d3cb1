import type { IncomingMessage } from 'node:http';
import { oneHeader } from '../request-facts.js';

/** A header by its name in lower case, as it came; of several the first. Node makes an object of all when it is asked for one. */
export function rawHeader({ rawHeaders, headers }: IncomingMessage, name: string): string | undefined {
  // a request that somebody made by hand
  if (!Array.isArray(rawHeaders)) return oneHeader(headers ?? {}, name);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const key = rawHeaders[index];
    if (key?.length === name.length && key.toLowerCase() === name) return rawHeaders[index + 1];
  }
  return undefined;
}
