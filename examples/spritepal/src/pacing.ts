import { setTimeout } from 'node:timers/promises';

/** Shortest pause between two batches, in milliseconds: pictures are written at a rate that a disk does not notice. */
const SHORTEST = 1000;
const LONGEST = 10_000;
/** Pause for each unit of CPU time, so that work takes at most a fifth of one core. */
const PAUSE_FOR_WORK = 4;

/** Milliseconds to pause after a batch that took `cpuMillis` of CPU time. */
export function pauseAfter(cpuMillis: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, Math.round(cpuMillis * PAUSE_FOR_WORK)));
}

/** CPU time of this process in milliseconds. */
export function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Waits, but no longer than until the signal. */
export async function pause(millis: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(millis, undefined, { signal });
  } catch {
    // The signal came: the caller looks at it anyway.
  }
}
