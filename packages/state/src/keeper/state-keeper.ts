import { join } from 'node:path';
import { type DurableState, ownCost, type StateEntry, withDeadline } from '@otel-monitor/runtime';
import { leaveBook } from '../books/left-books.js';
import type { ShelfEvents } from '../books/shelf.js';
import { type ServiceIdentity, serviceFolder } from '../place/service-folder.js';
import { type PlaceEnvironment, type StatePlace, statePlace } from '../place/state-place.js';
import { existingUserHashKey, keptUserHashKey } from '../place/user-hash-key.js';
import { keepDamage } from './keep-damage.js';
import { makeServiceFolder, OpenedState } from './opened.js';
import type { StateStatus } from './state-status.js';
import { reasonOf, Tally } from './tally.js';

/** What is kept, of which service, and where. */
export interface KeeperOptions {
  readonly service: ServiceIdentity;
  readonly states: readonly DurableState[];
  /** The folder that the service's own is made in; undefined: the state directory of the system or the user. */
  readonly directory?: string | undefined;
  /** Time between two writes of what has changed, in milliseconds. Default 10,000. */
  readonly flushIntervalMillis?: number;
  /** Gets the key of user hashes that is kept with the state; left out: none is made. */
  readonly useUserHashKey?: ((key: string) => void) | undefined;
  /** Default `process.env`. */
  readonly env?: PlaceEnvironment | undefined;
  /** For tests. */
  readonly times?: Partial<KeeperTimes>;
}

/** All in milliseconds. */
export interface KeeperTimes {
  /** From the start until files are opened: the application's own start comes first. */
  readonly open: number;
  /** From the start, and from each time, until slots that nobody holds are looked for. */
  readonly merge: number;
  /** Between two signs that this process is there. */
  readonly touch: number;
  /** How long a process that ends at once may stand still. */
  readonly last: number;
}

const TIMES: KeeperTimes = { open: 100, merge: 60_000, touch: 15_000, last: 50 };
/** A place that cannot be used is tried again after this time, then after twice that, up to the longest. */
const FIRST_PAUSE_MILLIS = 10_000;
const LONGEST_PAUSE_MILLIS = 600_000;

/**
 * Keeps what is to outlive the process in files. It opens them after the start, writes what has changed at each interval, and
 * the rest when the process ends. Nothing of it throws, rejects, holds the application up or keeps it alive.
 */
export class StateKeeper {
  readonly #place: StatePlace | undefined;
  readonly #tally = new Tally();
  readonly #times: KeeperTimes;
  readonly #stops: (() => void)[] = [];
  #opened: OpenedState | undefined;
  #state: StateStatus['state'] = 'waiting';
  #queue: Promise<unknown> = Promise.resolve();
  /** Changes were taken from the states and written nowhere. */
  #isBehind = false;
  #pauseMillis = 0;
  #pausedUntil = 0;

  constructor(private readonly options: KeeperOptions) {
    this.#place = statePlace(options.directory, options.env);
    this.#times = { ...TIMES, ...options.times };
  }

  /** The folder of the service; undefined where there is no place for one. */
  get #folder(): string | undefined {
    return this.#place && join(this.#place.path, serviceFolder(this.options.service));
  }

  /** Begins to keep; returns at once. */
  start(): void {
    const { open, merge, touch } = this.#times;
    const { flushIntervalMillis = 10_000 } = this.options;
    void this.#enqueue(() => this.#useKeyThatIsThere());
    const opening = setTimeout(() => void this.#enqueue(() => this.#open()), open).unref();
    this.#stops.push(() => clearTimeout(opening));
    this.#every(flushIntervalMillis, () => this.#flush());
    this.#every(merge, () => this.#merge());
    this.#every(touch, async () => this.#opened?.slot.lock.touch());
    const held = () => this.#opened?.shelves.reduce((sum, shelf) => sum + shelf.memoryBytes, 0) ?? 0;
    this.#stops.push(ownCost.memoryHeld('state', held));
  }

  /** Opens the files now, and restores what is there. Never rejects. */
  open(): Promise<void> {
    return this.#enqueue(() => this.#open());
  }

  /** Writes what has changed; resolves within the deadline. Never rejects. */
  async flush(timeoutMillis: number): Promise<void> {
    await withDeadline(
      this.#enqueue(() => this.#flush(true)),
      timeoutMillis,
    );
  }

  /** Restores what is in slots that nobody holds any more. Never rejects. */
  merge(): Promise<void> {
    return this.#enqueue(() => this.#merge());
  }

  /** Writes at once what is not in the files yet, and gives the slot up: the process ends. Never throws. */
  writeLast(): void {
    const folder = this.#folder;
    if (folder === undefined || this.#state === 'unavailable' || this.#state === 'lost') return;
    const deadline = performance.now() + this.#times.last;
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

  /** Writes what has changed and keeps no more. The slot stays with this process, whose memory has what is in it. */
  async stop(timeoutMillis: number): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    await this.flush(timeoutMillis);
    await withDeadline(
      this.#enqueue(async () => this.#opened?.close()),
      timeoutMillis,
    );
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

  #every(millis: number, work: () => Promise<void>): void {
    const timer = setInterval(() => void this.#enqueue(work), millis).unref();
    this.#stops.push(() => clearInterval(timer));
  }

  /** One thing after the other; what it throws is a problem and no more. */
  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work).catch((error: unknown) => this.#failed(error));
    this.#queue = done;
    return done;
  }

  /** As soon as can be: hashes that are made before would be those of this process alone. */
  async #useKeyThatIsThere(): Promise<void> {
    const { useUserHashKey } = this.options;
    const folder = this.#folder;
    if (useUserHashKey === undefined || folder === undefined) return;
    const key = await existingUserHashKey(folder);
    if (key !== undefined) useUserHashKey(key);
  }

  async #open(): Promise<void> {
    if (this.#opened !== undefined || performance.now() < this.#pausedUntil) return;
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
  async #flush(isWanted = false): Promise<void> {
    if (this.#state === 'lost' || (!isWanted && performance.now() < this.#pausedUntil)) return;
    if (this.#opened !== undefined && (await this.#opened.slot.lock.isGone())) await this.#beginAgain(this.#opened);
    if (this.#opened === undefined) {
      // a process that ends soon after its start with nothing to keep leaves no trace
      if (isWanted && !this.#hasChanges()) return;
      this.#pausedUntil = 0;
      await this.#open();
    }
    if (this.#opened === undefined || !(await this.#isHeld(this.#opened))) return;
    await this.#opened.flush();
    this.#wentWell();
  }

  /** Somebody deleted the files: all that is in memory is written anew. */
  async #beginAgain(opened: OpenedState): Promise<void> {
    this.#opened = undefined;
    this.#isBehind = true;
    this.#problem(`${opened.slot.folder} was deleted while it was in use`);
    await opened.close();
  }

  async #merge(): Promise<void> {
    if (this.#state === 'open' && this.#opened !== undefined && (await this.#isHeld(this.#opened))) {
      await this.#opened.merge();
    }
  }

  async #isHeld(opened: OpenedState): Promise<boolean> {
    if (await opened.slot.lock.isHeld()) return true;
    this.#state = 'lost';
    this.#problem('another process took over the files while this one stood still: errors and usage stay in memory');
    return false;
  }

  #wentWell(): void {
    this.#state = 'open';
    this.#pauseMillis = 0;
    this.#pausedUntil = 0;
    this.#tally.flushed(new Date());
  }

  #failed(error: unknown): void {
    this.#tally.failedFlushes += 1;
    if (this.#opened === undefined) this.#state = 'unavailable';
    this.#pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * this.#pauseMillis || FIRST_PAUSE_MILLIS);
    this.#pausedUntil = performance.now() + this.#pauseMillis;
    this.#problem(`error groups and usage are not kept: ${reasonOf(error)}`);
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
