import type { Attributes, HrTime } from '@opentelemetry/api';
import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import {
  AttributeKeys,
  type BucketExemplars,
  type CollectedStore,
  type PointValue,
  type Series,
} from '@otel-monitor/bound-metrics';
import type { Part } from '../wire/message.js';
import { wireValue } from '../wire/wire-value.js';
import { type DescribedInstrument, describeBound, describeSdk } from './described-instrument.js';
import { newExemplars } from './new-exemplars.js';
import { plainAttributes } from './plain-attributes.js';

/** Series that are told; what is beyond is left out. */
const MAX_SERIES = 50_000;
/** Between two places to pause: some tenths of a millisecond. */
const CHANGED_A_STEP = 50;
const SEEN_A_STEP = 1000;

/** What was told last of a series. */
interface Told {
  readonly id: number;
  /** By which a bound series that was begun anew is known; undefined before it was told, and of the SDK's. */
  startTime: HrTime | undefined;
  /** Whose series it was: from when a process has workers on, the sums over them are told in its place. */
  owner: unknown;
  /** Count of a histogram, value of anything else. */
  amount: number;
  exemplarMillis: number;
  pass: number;
  isGone: boolean;
}

/** A series as it is found now. */
interface Found {
  readonly attributes: Attributes;
  readonly startTime: HrTime;
  readonly amount: number;
  readonly value: () => PointValue;
  readonly exemplars?: BucketExemplars | undefined;
  /** Undefined: the SDK's reader. */
  readonly owner: unknown;
}

type Growing = { -readonly [F in keyof Part]: Part[F][number][] };

/** Tells what has changed in a process's metrics since it was told last, to one who adds it up. */
export class ChangedSeries {
  readonly #keys = new AttributeKeys();
  /** By instrument and attributes: one text of both would be held beside that of the attributes. */
  readonly #told = new Map<number, Map<string, Told>>();
  readonly #toldOf = new WeakMap<Series, Told>();
  readonly #instruments = new Map<string, number>();
  #part = newPart();
  #pass = 0;
  #made = 0;
  #seen = 0;
  #size = 0;

  /** @param isTold whether a metric of this name is told at all; default: each is */
  constructor(private readonly isTold: (metric: string) => boolean = () => true) {}

  /** Series that are remembered. */
  get size(): number {
    return this.#size;
  }

  /**
   * What has changed, in pieces of some tenths of a millisecond each; undefined: a place to pause. Whatever is taken out
   * must arrive. Observed values are those of the last `store.observe()`.
   *
   * @param sdk what the SDK's reader has collected; undefined: nobody could ask it now, and nothing is said of it
   */
  *parts(
    store: Pick<CollectedStore, 'scopes'>,
    sdk: readonly ScopeMetrics[] | undefined,
  ): Generator<Part | undefined, void, undefined> {
    this.#pass += 1;
    const pass = this.#pass;
    for (const { all } of store.scopes) {
      for (const instrument of all) {
        if (!this.isTold(instrument.definition.name)) continue;
        for (const series of instrument.all) {
          if (series.touched) this.#seeBound(series, pass);
          if (this.#isStepOver()) yield this.#takePart();
        }
      }
    }
    for (const { scope, metrics } of sdk ?? []) {
      for (const metric of metrics) {
        const described = this.isTold(metric.descriptor.name) ? describeSdk(scope, metric) : undefined;
        if (described === undefined) continue;
        for (const { attributes, startTime, value } of metric.dataPoints) {
          const amount = typeof value === 'number' ? value : value?.count;
          const found = { attributes, startTime, amount, value: () => value as PointValue, owner: undefined };
          if (typeof amount === 'number') this.#see(described, found, pass);
          if (this.#isStepOver()) yield this.#takePart();
        }
      }
    }
    // without the SDK's part it cannot be told what of it is gone
    if (sdk !== undefined) yield* this.#tellGone(pass);
    yield this.#takePart();
  }

  #seeBound(series: Series, pass: number): void {
    const { attributes, startTime, exemplars } = series;
    const held = series as { count?: number; value?: number };
    const amount = held.count ?? held.value ?? 0;
    const value = () => series.pointValue() as PointValue;
    const found = { attributes, startTime, amount, value, exemplars, owner: series.family.owner };
    const known = this.#toldOf.get(series);
    const told = this.#see(describeBound(series), found, pass, known?.isGone ? undefined : known);
    if (told !== undefined && told !== known) this.#toldOf.set(series, told);
  }

  #see(described: DescribedInstrument, found: Found, pass: number, known?: Told): Told | undefined {
    const { startTime, amount, exemplars, owner } = found;
    const told = known ?? this.#toldBy(described, found);
    // two of one name in one pass, of ours and the SDK's: the first one is it
    if (told === undefined || told.pass === pass) return told;
    told.pass = pass;
    const hasRestarted = told.owner === owner && told.startTime !== undefined && told.startTime !== startTime;
    if (told.amount === amount && !hasRestarted) return told;
    const value = wireValue(told.id, found.value());
    if (value === undefined) return told;
    if (hasRestarted) this.#part.restarted.push(told.id);
    told.owner = owner;
    told.startTime = owner === undefined ? undefined : startTime;
    told.amount = amount;
    this.#part.values.push(value);
    if (exemplars !== undefined) {
      const { exemplars: fresh, newestMillis } = newExemplars(told.id, exemplars, told.exemplarMillis);
      for (const exemplar of fresh) this.#part.exemplars.push(exemplar);
      told.exemplarMillis = newestMillis;
    }
    return told;
  }

  #toldBy(described: DescribedInstrument, { attributes, startTime }: Found): Told | undefined {
    const instrument = this.#instrumentId(described);
    const key = this.#keys.of(attributes);
    let ofInstrument = this.#told.get(instrument);
    if (ofInstrument === undefined) {
      ofInstrument = new Map();
      this.#told.set(instrument, ofInstrument);
    }
    const known = ofInstrument.get(key);
    if (known !== undefined || this.#size >= MAX_SERIES) return known;
    this.#made += 1;
    this.#size += 1;
    const told = {
      id: this.#made,
      startTime: undefined,
      owner: undefined,
      amount: Number.NaN,
      exemplarMillis: 0,
      pass: 0,
      isGone: false,
    };
    ofInstrument.set(key, told);
    const startMillis = startTime[0] * 1000 + startTime[1] / 1_000_000;
    this.#part.series.push([told.id, instrument, startMillis, plainAttributes(attributes)]);
    return told;
  }

  #instrumentId({ key, ...described }: DescribedInstrument): number {
    const known = this.#instruments.get(key);
    if (known !== undefined) return known;
    const id = this.#instruments.size;
    this.#instruments.set(key, id);
    this.#part.instruments.push({ id, ...described });
    return id;
  }

  *#tellGone(pass: number): Generator<Part | undefined, void, undefined> {
    for (const ofInstrument of this.#told.values()) {
      for (const [key, told] of ofInstrument) {
        if (told.pass >= pass) continue;
        told.isGone = true;
        ofInstrument.delete(key);
        this.#size -= 1;
        this.#part.gone.push(told.id);
        if (this.#isStepOver()) yield this.#takePart();
      }
    }
  }

  #isStepOver(): boolean {
    this.#seen += 1;
    return this.#seen % SEEN_A_STEP === 0 || this.#part.values.length >= CHANGED_A_STEP;
  }

  /** What is not taken out at a pause would be lost with the process. */
  #takePart(): Part | undefined {
    const part = this.#part;
    if (Object.values(part).every((entries) => entries.length === 0)) return undefined;
    this.#part = newPart();
    return part;
  }
}

function newPart(): Growing {
  return { instruments: [], series: [], restarted: [], values: [], exemplars: [], gone: [] };
}
