import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again; gives back the first value that is good, or the last one when the time is over. */
export async function until<T>(
  ask: () => T | Promise<T>,
  isGood: (value: T) => boolean,
  timeoutMillis: number,
): Promise<T> {
  for (const deadline = Date.now() + timeoutMillis; ; await delay(200)) {
    const value = await ask();
    if (isGood(value) || Date.now() > deadline) return value;
  }
}
