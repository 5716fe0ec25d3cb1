import { join } from 'node:path';
import type { DurableState, StateEntry } from '@otel-monitor/runtime';
import { leaveBook } from '../books/left-books.js';
import type { ShelfEvents } from '../books/shelf.js';
import { serviceFolder } from '../place/service-folder.js';
import { type StatePlace, statePlace } from '../place/state-place.js';
import { existingUserHashKey, keptUserHashKey } from '../place/user-hash-key.js';
import { keepDamage } from './keep-damage.js';
import type { KeeperOptions } from './keeper-options.js';
import { makeServiceFolder, OpenedState } from './opened.js';
import { Pause } from './pause.js';
import type { StateStatus } from './state-status.js';
import { reasonOf, Tally } from './tally.js';

/** The files of one process, opened or not. Its methods wait for each other at the caller's; those that fail reject. */
export class KeptFiles {
  readonly #place: StatePlace | undefined;
  readonly #tally = new Tally();
  readonly #pause = new Pause();
  #opened: OpenedState | undefined;
  #state: StateStatus['state'] = 'waiting';
  /** Changes were taken from the states and written nowhere. */
  #isBehind = false;

  constructor(private readonly options: KeeperOptions) {
    this.#place = statePlace(options.directory, options.env);
  }

  /** The folder of the service; undefined where there is no place for one. */
  get #folder(): string | undefined {
    return this.#place && join(this.#place.path, serviceFolder(this.options.service));
  }

  get memoryBytes(): number {
    return this.#opened?.shelves.reduce((sum, shelf) => sum + shelf.memoryBytes, 0) ?? 0;
  }

  /** As soon as can be: hashes that are made before would be those of this process alone. */
  async useKeyThatIsThere(): Promise<void> {
    const { useUserHashKey } = this.options;
    const folder = this.#folder;
    if (useUserHashKey === undefined || folder === undefined) return;
    const key = await existingUserHashKey(folder);
    if (key !== undefined) useUserHashKey(key);
  }

  async open(): Promise<void> {
    if (this.#opened !== undefined || this.#pause.isOn) return;
    if (this.#place === undefined) {
      this.#state = 'unavailable';
      this.#tally.problem('there is no home folder to keep error groups and usage in', false);
      return;
    }
    const folder = await makeServiceFolder(this.#place.path, serviceFolder(this.options.service));
    this.options.useUserHashKey?.(await keptUserHashKey(folder));
    this.#opened = await OpenedState.open(folder, this.options.states, this.#events(folder), this.#isBehind);
    this.#state = 'open';
    await this.#opened.takeUp();
    this.#wentWell();
  }

  /** @param isWanted whether it is tried also after a failure a short time ago */
  async flush(isWanted: boolean): Promise<void> {
    if (this.#state === 'lost' || (!isWanted && this.#pause.isOn)) return;
    if (this.#opened !== undefined && (await this.#opened.slot.lock.isGone())) await this.#beginAgain(this.#opened);
    if (this.#opened === undefined) {
      // a process that ends soon after its start with nothing to keep leaves no trace
      if (isWanted && !this.#hasChanges()) return;
      this.#pause.end();
      await this.open();
    }
    if (this.#opened === undefined || !(await this.#isHeld(this.#opened))) return;
    await this.#opened.flush();
    this.#wentWell();
  }

  async merge(): Promise<void> {
    if (this.#state === 'open' && this.#opened !== undefined && (await this.#isHeld(this.#opened))) {
      await this.#opened.merge();
    }
  }

  async touch(): Promise<void> {
    await this.#opened?.slot.lock.touch();
  }

  async close(): Promise<void> {
    await this.#opened?.close();
  }

  /** Something of the above has failed. */
  failed(error: unknown): void {
    this.#tally.failedFlushes += 1;
    if (this.#opened === undefined) this.#state = 'unavailable';
    this.#pause.failed();
    this.#problem(`error groups and usage are not kept: ${reasonOf(error)}`);
  }

  /** Writes at once what is not in the files yet, and gives the slot up. Never throws. */
  writeLast(deadline: number): void {
    const folder = this.#folder;
    if (folder === undefined || this.#state === 'unavailable' || this.#state === 'lost') return;
    const opened = this.#opened;
    for (const [index, state] of this.options.states.entries()) {
      try {
        const shelf = opened?.shelves[index];
        const { leftOut } =
          shelf?.writeLast(folder, deadline) ?? leaveBook(folder, state, this.#unwritten(state), deadline);
        // nobody can ask for the status any more
        if (leftOut > 0) this.#tally.problem(`${leftOut} entries of ${state.name} were lost with the process`, true);
      } catch (error) {
        this.#problem(`the last of ${state.name} could not be kept: ${reasonOf(error)}`);
      }
    }
    opened?.slot.lock.release();
  }

  status(): StateStatus {
    const { lastFlushAt, flushes, failedFlushes, restored, expired, refused, problems } = this.#tally;
    const directory = this.#folder;
    return {
      state: this.#state,
      ...(directory !== undefined && { directory }),
      ...(this.#opened !== undefined && { slot: this.#opened.slot.number }),
      ...(lastFlushAt !== undefined && { lastFlushAt }),
      bytes: this.#opened?.budget.used ?? 0,
      flushes,
      failedFlushes,
      restored: { restored, expired, refused },
      leftOut: this.#opened?.budget.leftOut ?? 0,
      problems,
    };
  }

  /** What was never written of a state, before there is a slot. */
  #unwritten(state: DurableState): StateEntry[] {
    return [...(this.#isBehind ? state.entries() : state.takeChanges())];
  }

  /** Whether there is anything that no file has, before there is a slot. */
  #hasChanges(): boolean {
    this.#isBehind ||= this.options.states.map((state) => [...state.takeChanges()]).some(({ length }) => length > 0);
    return this.#isBehind;
  }

  /** Somebody deleted the files: all that is in memory is written anew. */
  async #beginAgain(opened: OpenedState): Promise<void> {
    this.#opened = undefined;
    this.#isBehind = true;
    this.#problem(`${opened.slot.folder} was deleted while it was in use`);
    await opened.close();
  }

  async #isHeld(opened: OpenedState): Promise<boolean> {
    if (await opened.slot.lock.isHeld()) return true;
    this.#state = 'lost';
    this.#problem('another process took over the files while this one stood still: errors and usage stay in memory');
    return false;
  }

  #wentWell(): void {
    this.#state = 'open';
    this.#pause.wentWell();
    this.#tally.flushed(new Date());
  }

  #problem(message: string): void {
    this.#tally.problem(message, this.#place?.isConfigured === true);
  }

  #events(folder: string): ShelfEvents {
    return {
      damaged: async (file, state) => this.#tally.problem(await keepDamage(folder, file, state), true),
      restored: (result) => this.#tally.addRestored(result),
      unreadable: (error) => this.#problem(`what an earlier process kept cannot be used: ${reasonOf(error)}`),
    };
  }
}
