import type { Ending } from '../channels/links.js';

/** How long an ending that was none in order is shown. */
const SHOWN_MILLIS = 60_000;
const MAX_SHOWN = 16;

/** A worker that has failed. */
export interface FailedWorker {
  readonly id: string;
  readonly text: string;
  readonly secondsAgo: number;
}

/** The workers that are no more: how many, and which of them have failed lately. */
export class Departures {
  count = 0;
  readonly #failed: { readonly id: string; readonly text: string; readonly at: number }[] = [];

  constructor(private readonly now: () => number) {}

  add(id: string, { isFailure, text }: Ending): void {
    this.count += 1;
    if (!isFailure) return;
    this.#failed.push({ id, text, at: this.now() });
    if (this.#failed.length > MAX_SHOWN) this.#failed.shift();
  }

  /** Those of the last minute, 16 at most. */
  get failed(): FailedWorker[] {
    const now = this.now();
    while (this.#failed.length > 0 && now - this.#failed[0]!.at > SHOWN_MILLIS) this.#failed.shift();
    return this.#failed.map(({ id, text, at }) => ({ id, text, secondsAgo: Math.floor((now - at) / 1000) }));
  }
}
