import { setTimeout as delay } from 'node:timers/promises';

/** Reads until there is a value, for a minute at most; `what` is told when there is none. */
export async function until<T>(what: string, read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(50)) {
    const value = await read();
    if (value !== undefined) return value;
  }
  throw new Error(`not after a minute: ${what}`);
}
