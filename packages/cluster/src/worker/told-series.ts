import type { HrTime } from '@opentelemetry/api';

/** Series that are told; what is beyond is left out. */
const MAX_SERIES = 50_000;

/** What was told last of a series. */
export interface Told {
  readonly id: number;
  /** Whether what it is was told. */
  isDescribed: boolean;
  /** By which a bound series that was begun anew is known; undefined before it was told, and of the SDK's. */
  startTime: HrTime | undefined;
  /** Whose series it was: from when a process has workers on, the sums over them are told in its place. */
  owner: unknown;
  /** Count of a histogram, value of anything else. */
  amount: number;
  exemplarMillis: number;
  /** The last pass that has found it. */
  pass: number;
  isGone: boolean;
}

/** The series that were told, by instrument and attributes: one text of both would be held beside that of the attributes. */
export class ToldSeries {
  /** How many there are. */
  size = 0;
  readonly #byInstrument = new Map<number, Map<string, Told>>();
  #made = 0;

  /** What is remembered of a series, from now on if not before; undefined: there are too many. */
  of(instrument: number, attributes: string): Told | undefined {
    let ofInstrument = this.#byInstrument.get(instrument);
    if (ofInstrument === undefined) {
      ofInstrument = new Map();
      this.#byInstrument.set(instrument, ofInstrument);
    }
    const known = ofInstrument.get(attributes);
    if (known !== undefined || this.size >= MAX_SERIES) return known;
    this.#made += 1;
    this.size += 1;
    const told: Told = {
      id: this.#made,
      isDescribed: false,
      startTime: undefined,
      owner: undefined,
      amount: Number.NaN,
      exemplarMillis: 0,
      pass: 0,
      isGone: false,
    };
    ofInstrument.set(attributes, told);
    return told;
  }

  /** Forgets, one by one, the series that were not found any more by a pass. */
  *forgetGone(pass: number): Generator<Told, void, undefined> {
    for (const ofInstrument of this.#byInstrument.values()) {
      for (const [attributes, told] of ofInstrument) {
        if (told.pass >= pass) continue;
        told.isGone = true;
        ofInstrument.delete(attributes);
        this.size -= 1;
        yield told;
      }
    }
  }
}
