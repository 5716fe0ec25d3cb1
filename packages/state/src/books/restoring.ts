import type { DurableState, RestoreResult } from '@otel-monitor/runtime';
import { Turns } from '../files/turns.js';
import type { Uncounted } from './uncounted.js';

/** Entries that are given to a state at once. */
const AT_ONCE = 64;

/** One book on its way into memory. A process that ends meanwhile has to have all of it there, or nothing. */
export class Restoring {
  #next = 0;

  constructor(
    private readonly from: Uncounted,
    private readonly state: DurableState,
    private readonly restored: (result: RestoreResult) => void,
  ) {}

  get id(): string {
    return this.from.id;
  }

  /** Restores it bit by bit, with turns of the event loop between. */
  async run(): Promise<void> {
    const turns = new Turns();
    while (this.#next < this.from.entries.length) {
      this.#some(AT_ONCE);
      await turns.soon();
    }
  }

  /** Restores what is left of it at once. */
  finish(): void {
    this.#some(this.from.entries.length);
  }

  #some(most: number): void {
    const some = this.from.entries.slice(this.#next, this.#next + most);
    this.#next += some.length;
    this.restored(this.state.restore(some, this.from.version));
  }
}
