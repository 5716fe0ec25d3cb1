/** Most counters whose past is kept. */
const MAX_COUNTERS = 2000;
/** Observations that come closer than this replace each other. */
const MIN_SPACING_MILLIS = 4000;
/** The longest time over which a rate can be asked for. */
const LONGEST_MILLIS = 300_000;

/** Objects of an observation and of a counter's place, measured on Node 20. */
const OBSERVATION_BYTES = 150;
const SLOT_BYTES = 80;

interface Observation {
  readonly atMillis: number;
  /** What each counter has grown to by then; one that came later is missing, and was 0. */
  readonly totals: Float64Array;
}

/**
 * The recent past of counters: at most one observation every 4 s for 5 min, one number a counter. A count that goes
 * down has begun anew at 0, and what it shows is what it has grown by since.
 */
export class CounterRing {
  readonly #slots = new Map<string, number>();
  readonly #last: number[] = [];
  readonly #totals: number[] = [];
  #observations: Observation[] = [];

  get size(): number {
    return this.#observations.length;
  }

  /** About what is kept, in bytes. */
  get memoryBytes(): number {
    let bytes = 0;
    for (const { totals } of this.#observations) bytes += totals.byteLength + OBSERVATION_BYTES;
    for (const name of this.#slots.keys()) bytes += 2 * name.length + SLOT_BYTES;
    return bytes;
  }

  /** @param sinceMillis when the counters began at 0; counts for the first observation alone */
  observe(counts: ReadonlyMap<string, number>, atMillis: number, sinceMillis?: number): void {
    const wentBack = atMillis < (this.#observations.at(-1)?.atMillis ?? atMillis);
    // a clock that was set back leaves no way to tell how long ago anything was
    if (wentBack || this.#slots.size > MAX_COUNTERS) this.#forget();
    if (this.#observations.length === 0 && sinceMillis !== undefined && sinceMillis < atMillis) {
      this.#observations.push({ atMillis: sinceMillis, totals: new Float64Array() });
    }
    for (const [name, count] of counts) this.#grow(name, count);
    this.#keep({ atMillis, totals: Float64Array.from(this.#totals) });
  }

  /** Growth per second over the last `windowMillis`, or over as much of it as was observed; 0 when that is nothing. */
  ratePerSecond(name: string, windowMillis: number): number {
    const slot = this.#slots.get(name);
    const head = this.#observations.at(-1);
    if (slot === undefined || head === undefined) return 0;
    const base = this.#base(head.atMillis - windowMillis);
    const seconds = (head.atMillis - base.atMillis) / 1000;
    return seconds > 0 ? ((head.totals[slot] ?? 0) - (base.totals[slot] ?? 0)) / seconds : 0;
  }

  /** The youngest observation that is not younger than this, or else the oldest. */
  #base(atMillis: number): Observation {
    const found = this.#observations.findLast((one) => one.atMillis <= atMillis);
    return found ?? this.#observations[0]!;
  }

  #grow(name: string, count: number): void {
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      slot = this.#slots.size;
      this.#slots.set(name, slot);
      this.#last.push(0);
      this.#totals.push(0);
    }
    const last = this.#last[slot]!;
    this.#totals[slot]! += count < last ? count : count - last;
    this.#last[slot] = count;
  }

  #keep(observation: Observation): void {
    const before = this.#observations.at(-2);
    const head = this.#observations.at(-1);
    if (before && head && head.atMillis - before.atMillis < MIN_SPACING_MILLIS) this.#observations.pop();
    this.#observations.push(observation);
    // the oldest that is kept lies at or before the longest window's beginning
    const oldest = observation.atMillis - LONGEST_MILLIS;
    while (this.#observations.length > 2 && this.#observations[1]!.atMillis <= oldest) this.#observations.shift();
  }

  #forget(): void {
    this.#slots.clear();
    this.#last.length = 0;
    this.#totals.length = 0;
    this.#observations = [];
  }
}
