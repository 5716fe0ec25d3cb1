import { setInterval } from 'node:timers/promises';

/** Keeps the program running until the signal. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of setInterval(60_000, undefined, { signal })) if (signal.aborted) return;
  } catch {
    // The signal came.
  }
}
