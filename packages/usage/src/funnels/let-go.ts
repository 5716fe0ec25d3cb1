/** A run, as far as is asked here. */
interface Watched {
  readonly status: string;
}

const NURSERY = 1024;
const NURSERY_MILLIS = 1000;

/**
 * Tells of objects that the application let go. To register one for finalization costs ten times what a short run does, so
 * that each is held for a second at most first: whatever is over by then is never registered.
 */
export class LetGo<Run extends Watched> {
  readonly #handles: (object | undefined)[] = new Array(NURSERY);
  readonly #runs: (Run | undefined)[] = new Array(NURSERY);
  readonly #registry: FinalizationRegistry<Run>;
  #place = 0;
  /** When the timer is overdue: timers of a test may never come. */
  #overdueMillis = Number.NEGATIVE_INFINITY;

  constructor(letGo: (run: Run) => void) {
    this.#registry = new FinalizationRegistry(letGo);
  }

  watch(handle: object, run: Run, millis: number): void {
    const place = this.#place;
    this.#place = (place + 1) % NURSERY;
    this.#register(place);
    this.#handles[place] = handle;
    this.#runs[place] = run;
    if (millis < this.#overdueMillis) return;
    this.#overdueMillis = millis + 2 * NURSERY_MILLIS;
    setTimeout(() => this.#empty(), NURSERY_MILLIS).unref?.();
  }

  #empty(): void {
    this.#overdueMillis = Number.NEGATIVE_INFINITY;
    for (let place = 0; place < NURSERY; place++) this.#register(place);
  }

  #register(place: number): void {
    const handle = this.#handles[place];
    const run = this.#runs[place];
    if (handle === undefined || run === undefined) return;
    this.#handles[place] = undefined;
    this.#runs[place] = undefined;
    if (run.status !== 'ended') this.#registry.register(handle, run);
  }
}
