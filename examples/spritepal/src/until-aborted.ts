import { setInterval } from 'node:timers/promises';

/** Keeps the program running until the signal; does `meanwhile` every so many milliseconds. */
export async function untilAborted(signal: AbortSignal, everyMillis: number, meanwhile: () => void): Promise<void> {
  try {
    for await (const _ of setInterval(everyMillis, undefined, { signal })) meanwhile();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
