import { ownCost, report } from '@otel-monitor/runtime';
import type { FromWorker, ToldGaps, ToldPart } from '../wire/message.js';
import type { KnownWorker } from './known-worker.js';
import { Telling } from './telling.js';

/** Most characters of what workers have told that are held at a time: of who says more nothing is used. */
const MAX_HELD_CHARACTERS = 64_000_000;
/** Then other work of the process has its turn. */
const SLICE_MILLIS = 1;

/** What was gathered of those that were there. */
export interface GatheredGaps extends ToldGaps {
  /** Workers that were asked and are still there. */
  readonly present: number;
}

/** Asks all workers at once for what they keep beside metrics. One question at a time. */
export class Gathering {
  readonly #tellings = new Map<KnownWorker, Telling>();
  #round = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @param deadlineMillis from the last word of a worker until it is missing */
  constructor(
    private readonly epoch: string,
    private readonly deadlineMillis: number,
    private readonly mostCharacters: number = MAX_HELD_CHARACTERS,
  ) {}

  /**
   * Gives all that workers have told to `take`, in slices of 1 ms or one part. What is told by one is given when all of it is
   * there, or not at all; a promise that it gives is waited for. Rejects with what `take` throws.
   */
  gather(workers: () => readonly KnownWorker[], take: (part: ToldPart) => unknown): Promise<GatheredGaps> {
    const done = this.#last.then(() => this.#gather(workers(), take));
    this.#last = done.catch(() => {});
    return done;
  }

  heard(worker: KnownWorker, message: Extract<FromWorker, { kind: 'kept' | 'told' }>): void {
    if (message.kind === 'told') worker.owesTelling = false;
    // also where it is waited for no more: until it has told all, it is not asked again
    else if (message.waits) worker.tellMore(this.epoch, message.round);
    const telling = this.#tellings.get(worker);
    if (telling === undefined || message.round !== this.#round) return;
    if (message.kind === 'told') {
      telling.told({ missing: message.missing, leftOut: message.leftOut });
      return;
    }
    const { state, stateVersion, entries } = message;
    const held = [...this.#tellings.values()].reduce((sum, { characters }) => sum + characters, 0);
    // the round is this one's own: whoever passes it on has another
    if (held + entries.length <= this.mostCharacters) telling.take({ state, stateVersion, entries });
    else telling.end('missing');
  }

  ended(worker: KnownWorker): void {
    this.#tellings.get(worker)?.end('gone');
  }

  async #gather(workers: readonly KnownWorker[], take: (part: ToldPart) => unknown): Promise<GatheredGaps> {
    this.#round += 1;
    for (const worker of workers) this.#ask(worker);
    const missing: string[] = [];
    let present = 0;
    let leftOut = 0;
    try {
      for (const [worker, telling] of [...this.#tellings]) {
        const end = await telling.over;
        if (end === 'gone') continue;
        present += 1;
        missing.push(...(end === 'missing' ? [worker.id] : telling.gaps.missing.map((id) => idHere(id, worker))));
        leftOut += telling.gaps.leftOut;
        await this.#give(telling, take);
      }
    } finally {
      this.#tellings.clear();
    }
    if (missing.length > 0) {
      const ids = missing.join(', ');
      report('cluster-untold', `errors and usage are shown without those of worker ${ids}, which has not told them`);
    }
    return { present, missing, leftOut };
  }

  #ask(worker: KnownWorker): void {
    const telling = new Telling(worker, this.deadlineMillis);
    this.#tellings.set(worker, telling);
    // what stands still is waited for once
    if (worker.owesTelling) telling.end('missing');
    else worker.askToTell(this.epoch, this.#round);
  }

  async #give(telling: Telling, take: (part: ToldPart) => unknown): Promise<void> {
    let end = performance.now() + SLICE_MILLIS;
    for (const part of telling.parts) {
      await ownCost.time(() => take(part));
      if (performance.now() < end) continue;
      await new Promise((resolve) => setImmediate(resolve));
      end = performance.now() + SLICE_MILLIS;
    }
    telling.forget();
  }
}

/** What a worker tells of its threads has the ids that they have there. */
function idHere(id: string, worker: KnownWorker): string {
  return id === worker.id ? id : `${worker.id}/${id}`;
}
