import { mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock whose holder has not touched it for this long belongs to a process that is gone. */
export const staleAfterMillis = 60_000;
const touchEveryMillis = 5_000;

/** @param {string} lock */
function ageMillis(lock) {
  try {
    return Date.now() - statSync(lock).mtimeMs;
  } catch {
    return 0; // released between the two looks: the next mkdir tells
  }
}

/** @param {string} lock */
function tryLock(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Waits for a lock that is a folder (mkdir is atomic on every file system that matters here), and holds it by touching
 * it. A holder that was killed is overtaken after a minute. Two waiters that overtake at the same instant can both get in:
 * that costs a second build and nothing else, because a build is put in place by one rename.
 * @param {string} lock
 * @param {{ finished: () => boolean, onWait?: () => void, pollMillis?: number }} options
 *   `finished`: stop waiting, the other one has done the work. `onWait`: called once, when there is someone to wait for
 * @returns {Promise<(() => void) | undefined>} releases the lock; undefined when the work is finished
 */
export async function acquireBuildLock(lock, { finished, onWait, pollMillis = 1_000 }) {
  mkdirSync(dirname(lock), { recursive: true });
  let told = false;
  while (!tryLock(lock)) {
    if (finished()) return undefined;
    if (ageMillis(lock) > staleAfterMillis) {
      const aside = `${lock}.stale-${process.pid}`;
      try {
        renameSync(lock, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {
        // Another waiter was quicker.
      }
      continue;
    }
    if (!told) onWait?.();
    told = true;
    await delay(pollMillis);
  }
  const touch = setInterval(() => {
    try {
      utimesSync(lock, new Date(), new Date());
    } catch {
      // Overtaken, after this process was suspended for a minute: the rename at the end decides.
    }
  }, touchEveryMillis);
  touch.unref();
  return () => {
    clearInterval(touch);
    rmSync(lock, { recursive: true, force: true });
  };
}
