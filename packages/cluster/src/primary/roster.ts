import { report } from '@otel-monitor/runtime';
import type { Ending, WorkerLink } from '../channels/links.js';
import type { FromWorker } from '../wire/message.js';
import type { Contribution } from './contribution.js';
import { Departures } from './departures.js';
import { KnownWorker } from './known-worker.js';

/** More at a time are nobody's service on one machine. */
const MAX_WORKERS = 256;

/** The workers that are there, and what has become of the others. */
export class Roster {
  /** Workers that were not taken. */
  refused = 0;
  readonly departures: Departures;
  readonly #known = new Map<WorkerLink, KnownWorker>();

  constructor(private readonly now: () => number) {
    this.departures = new Departures(now);
  }

  get all(): KnownWorker[] {
    return [...this.#known.values()];
  }

  get size(): number {
    return this.#known.size;
  }

  get(link: WorkerLink): KnownWorker | undefined {
    return this.#known.get(link);
  }

  /** Takes a worker in, unless there are too many, or there is one of its id. Whether it is in. */
  join(
    link: WorkerLink,
    { id, session }: Extract<FromWorker, { kind: 'hello' }>,
    contribution: () => Contribution,
  ): boolean {
    const isTaken = this.all.some((each) => each.id === id);
    if (isTaken || this.size >= MAX_WORKERS) {
      this.refused += 1;
      const reason = isTaken ? 'there is one of this id' : 'there are too many';
      report('cluster-refused', `worker ${id} is left out: ${reason}`);
      return false;
    }
    this.#known.set(link, new KnownWorker(id, session, contribution(), link, this.now));
    return true;
  }

  /** The worker that has left; nobody waits for it any more. */
  leave(link: WorkerLink, ending: Ending): KnownWorker | undefined {
    const worker = this.#known.get(link);
    if (worker === undefined) return undefined;
    this.#known.delete(link);
    this.departures.add(worker.id, ending);
    worker.release();
    return worker;
  }
}
