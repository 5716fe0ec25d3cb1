import { writeFileSync } from 'node:fs';
import { open, readdir, readFile, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_MODE, NEW_FILE } from '../files/disk-file.js';
import { asHolder, type Holder, isThere } from './holder.js';

/** A holder that cannot be asked is there as long as its lock was touched within this time, in milliseconds. */
const TOUCHED_WITHIN_MILLIS = 45_000;
/** A lock that says nothing yet is being written. */
const WRITTEN_WITHIN_MILLIS = 10_000;

const NAME = /^lock\.(\d{1,9})$/;

/**
 * The lock of one slot. Its files have numbers, and whoever made the highest one holds the slot: to take over a slot whose
 * holder is gone is to make the file with the next number, which one process alone can. The highest file is never deleted,
 * so that a process which saw an older state of the folder finds out before it believes to hold anything.
 */
export class SlotLock {
  private constructor(
    private readonly folder: string,
    private readonly number: number,
  ) {}

  /** Takes the slot of a folder; undefined: somebody holds it. */
  static async take(folder: string, own: Holder): Promise<SlotLock | undefined> {
    const highest = await highestNumber(folder);
    if (highest > 0 && !(await isFree(pathOf(folder, highest), own))) return undefined;
    const lock = new SlotLock(folder, highest + 1);
    if (!(await lock.#make(own))) return undefined;
    if (await lock.isHeld()) {
      await lock.#deleteOlder();
      return lock;
    }
    // others went on since the folder was looked at: this number is below theirs
    await unlink(lock.#path).catch(() => {});
    return undefined;
  }

  /** False when somebody else took the slot, since this process stood still for long, or deleted its folder. */
  async isHeld(): Promise<boolean> {
    return (await this.#highest()) === this.number;
  }

  /** Whether the folder was deleted, with all that was in it. */
  async isGone(): Promise<boolean> {
    return (await this.#highest()) === 0;
  }

  #highest(): Promise<number> {
    return highestNumber(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    });
  }

  /** Shows that the holder is there, to those that cannot ask. */
  async touch(): Promise<void> {
    const now = new Date();
    await utimes(this.#path, now, now).catch(() => {});
  }

  /** Gives the slot up, at once: it may be the last thing that a process does. Never throws. */
  release(): void {
    try {
      // not deleted: numbers only grow
      writeFileSync(this.#path, 'free\n', { flag: 'r+' });
    } catch {
      // whoever comes next sees that the process is gone
    }
  }

  get #path(): string {
    return pathOf(this.folder, this.number);
  }

  async #make(own: Holder): Promise<boolean> {
    try {
      const handle = await open(this.#path, NEW_FILE, FILE_MODE);
      try {
        await handle.write(JSON.stringify(own));
      } finally {
        await handle.close();
      }
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  async #deleteOlder(): Promise<void> {
    for (const number of await lockNumbers(this.folder)) {
      if (number < this.number) await unlink(pathOf(this.folder, number)).catch(() => {});
    }
  }
}

async function isFree(path: string, own: Holder): Promise<boolean> {
  const [text, touched] = await Promise.all([
    readFile(path, 'utf8').catch(() => ''),
    stat(path).then(
      ({ mtimeMs }) => Math.abs(Date.now() - mtimeMs),
      () => 0,
    ),
  ]);
  if (text.startsWith('free')) return true;
  const holder = asHolder(text);
  if (holder === undefined) return touched > WRITTEN_WITHIN_MILLIS;
  return !((await isThere(holder, own)) ?? touched < TOUCHED_WITHIN_MILLIS);
}

async function highestNumber(folder: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(folder)));
}

async function lockNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.map((name) => Number(NAME.exec(name)?.[1] ?? 0)).filter((number) => number > 0);
}

function pathOf(folder: string, number: number): string {
  return join(folder, `lock.${number}`);
}
