import type { ExpositionFormat } from './format.js';
import { boundText } from './number-text.js';

const infinity: Uint8Array = Buffer.from('+Inf"} ');

/** What stands behind `le="` on each bucket's line up to its value: the bounds of a histogram as bytes. */
export class BoundTails {
  /** One for each bucket, `+Inf` the last. */
  tails: readonly Uint8Array[] = [];
  /** Bytes of the longest. */
  longest = 0;
  #of: readonly number[] | undefined;
  readonly #known = new Map<number, Uint8Array>();

  constructor(private readonly format: ExpositionFormat) {}

  /** Takes finite, ascending bounds; the array that was taken last costs no second look. */
  take(bounds: readonly number[]): void {
    if (this.#of === bounds) return;
    this.#of = bounds;
    this.tails = [...bounds.map((bound) => this.#tail(bound)), infinity];
    this.longest = this.tails.reduce((longest, { length }) => Math.max(longest, length), 0);
  }

  #tail(bound: number): Uint8Array {
    let tail = this.#known.get(bound);
    if (tail === undefined) {
      tail = Buffer.from(`${boundText(bound, this.format === 'openmetrics')}"} `);
      this.#known.set(bound, tail);
    }
    return tail;
  }
}
