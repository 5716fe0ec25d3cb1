import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DurableState, processWide } from '@otel-monitor/runtime';
import { DiskBudget } from '../books/disk-budget.js';
import { leftFolder, sweepLeft } from '../books/left-books.js';
import { Shelf, type ShelfEvents } from '../books/shelf.js';
import { makeFolders } from '../place/make-folders.js';
import { ownFolder } from '../place/own-folder.js';
import { type Holder, ownHolder } from '../slots/holder.js';
import { eachFreeSlot, type Slot, takeSlot } from '../slots/slots.js';

/** Slots of this process by folder of a service: one that was ended and is started again goes on with the same. */
const ownSlots = (): Map<string, Slot> => processWide('state-slots', () => new Map<string, Slot>());

/** The state of a service, opened: this process has a slot, and what earlier ones left there is in memory. */
export class OpenedState {
  readonly shelves: readonly Shelf[];

  private constructor(
    readonly serviceFolder: string,
    readonly slot: Slot,
    private readonly own: Holder,
    states: readonly DurableState[],
    readonly budget: DiskBudget,
    events: ShelfEvents,
    isBehind: boolean,
  ) {
    this.shelves = states.map((state) => new Shelf(join(slot.folder, state.name), state, budget, events, isBehind));
  }

  /**
   * Takes a slot in the folder of a service. Rejects when that cannot be.
   *
   * @param isBehind whether changes were taken from the states before, and written nowhere
   */
  static async open(
    serviceFolder: string,
    states: readonly DurableState[],
    events: ShelfEvents,
    isBehind: boolean,
    budget = new DiskBudget(),
  ): Promise<OpenedState> {
    const own = await ownHolder();
    const before = ownSlots().get(serviceFolder);
    const slot = before !== undefined && (await before.lock.isHeld()) ? before : await takeSlot(serviceFolder, own);
    ownSlots().set(serviceFolder, slot);
    return new OpenedState(serviceFolder, slot, own, states, budget, events, isBehind);
  }

  /** Restores what earlier processes have left in this slot, and those that held none. */
  async takeUp(): Promise<void> {
    for (const shelf of this.shelves) {
      const left = leftFolder(this.serviceFolder, shelf.state.name);
      await shelf.takeFrom(left);
      await sweepLeft(left);
      await shelf.takeUp();
    }
  }

  /** Restores what is in slots that nobody holds. */
  async merge(): Promise<void> {
    await eachFreeSlot(this.serviceFolder, this.own, this.slot.number, async ({ folder }) => {
      for (const shelf of this.shelves) {
        const books = join(folder, shelf.state.name);
        await shelf.takeFrom(books);
        // an empty slot is passed by next time
        await rmdir(books).catch(() => {});
      }
    });
    await this.takeUp();
  }

  /** Writes what has changed of every state; rejects when any could not be written. */
  async flush(): Promise<void> {
    const written = [];
    // one after the other: they share the room that there is
    for (const shelf of this.shelves) written.push(...(await Promise.allSettled([shelf.flush()])));
    const failed = written.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async close(): Promise<void> {
    for (const shelf of this.shelves) await shelf.close();
  }
}

/** Makes the folder of a service, for its owner alone. */
export async function makeServiceFolder(base: string, name: string): Promise<string> {
  await makeFolders(base);
  const folder = join(base, name);
  await ownFolder(folder);
  return folder;
}
