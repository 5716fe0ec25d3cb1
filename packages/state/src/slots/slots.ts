import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ownFolder } from '../place/own-folder.js';
import { UnusablePlace } from '../place/ownership.js';
import type { Holder } from './holder.js';
import { SlotLock } from './slot-lock.js';

/** Most processes of one service on one machine that keep state. */
const MAX_SLOTS = 1024;

/** The place of one process among those of its service. */
export interface Slot {
  readonly number: number;
  readonly folder: string;
  readonly lock: SlotLock;
}

/**
 * Takes the lowest slot that nobody holds.
 *
 * @throws UnusablePlace when all are held, or a folder is not ours
 */
export async function takeSlot(serviceFolder: string, own: Holder): Promise<Slot> {
  for (let number = 0; number < MAX_SLOTS; number += 1) {
    const folder = join(serviceFolder, String(number));
    await ownFolder(folder);
    const lock = await SlotLock.take(folder, own);
    if (lock !== undefined) return { number, folder, lock };
  }
  throw new UnusablePlace(`all ${MAX_SLOTS} slots of ${serviceFolder} are held`);
}

/** Runs `work` for each other slot that nobody holds, holding it meanwhile. */
export async function eachFreeSlot(
  serviceFolder: string,
  own: Holder,
  except: number,
  work: (slot: Slot) => Promise<void>,
): Promise<void> {
  const names = (await readdir(serviceFolder)).filter((name) => /^\d{1,4}$/.test(name) && Number(name) !== except);
  for (const name of names) {
    const folder = join(serviceFolder, name);
    await ownFolder(folder);
    // an empty one stays as it is: it has nothing for anybody
    if (!(await readdir(folder)).some((inner) => !inner.startsWith('lock.'))) continue;
    const lock = await SlotLock.take(folder, own);
    if (lock === undefined) continue;
    try {
      await work({ number: Number(name), folder, lock });
    } finally {
      lock.release();
    }
  }
}
