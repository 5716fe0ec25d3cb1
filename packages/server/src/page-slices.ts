import type { CostMeter } from './server-sources.js';

/** A slice ends after about this long, or with its chunk: then other work of the process has its turn. */
const SLICE_MILLIS = 2;

/** What a slice gave. */
export interface Slice {
  readonly chunk: Buffer | undefined;
  readonly isLast: boolean;
}

/** A page cut into slices of work, whose cost is counted. */
export class PageSlices {
  constructor(
    private readonly steps: Iterator<Buffer | undefined, void>,
    private readonly cost: CostMeter,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Works until there is a chunk, the slice's time is over, or the page. Throws what the page throws. */
  next(): Slice {
    return this.cost.time(() => {
      const end = this.now() + SLICE_MILLIS;
      do {
        const { done, value } = this.steps.next();
        if (done) return { chunk: undefined, isLast: true };
        if (value) {
          this.cost.bytesWritten(value.byteLength);
          return { chunk: value, isLast: false };
        }
      } while (this.now() < end);
      return { chunk: undefined, isLast: false };
    });
  }

  /** Ends a page that nobody wants any more. */
  abandon(): void {
    this.steps.return?.();
  }
}
