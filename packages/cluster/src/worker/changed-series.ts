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
import { type Told, ToldSeries } from './told-series.js';

/** Numbers between two places to pause: some tenths of a millisecond. */
const NUMBERS_A_STEP = 1000;
/** The same for series that are looked at and have not changed. */
const SEEN_A_STEP = 1000;
const NUMBERS_AN_EXEMPLAR = 10;
/** To describe a series is as much work as to write so many numbers. */
const NUMBERS_A_DESCRIPTION = 10;

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
  readonly #told = new ToldSeries();
  readonly #toldOf = new WeakMap<Series, Told>();
  readonly #instruments = new Map<string, number>();
  #part = newPart();
  #pass = 0;
  #seen = 0;
  /** Numbers in the part. */
  #numbers = 0;

  /** @param isTold whether a metric of this name is told at all; default: each is */
  constructor(private readonly isTold: (metric: string) => boolean = () => true) {}

  /** Series that are remembered. */
  get size(): number {
    return this.#told.size;
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
    for (const { id } of sdk === undefined ? [] : this.#told.forgetGone(pass)) {
      this.#part.gone.push(id);
      this.#numbers += 1;
      if (this.#isStepOver()) yield this.#takePart();
    }
    yield this.#takePart();
  }

  #seeBound(series: Series, pass: number): void {
    const { attributes, startTime, exemplars, family } = series;
    const held = series as { count?: number; value?: number };
    const amount = held.count ?? held.value ?? 0;
    const remembered = this.#toldOf.get(series);
    const known = remembered?.isGone ? undefined : remembered;
    // most have not changed
    if (known?.amount === amount && known.startTime === startTime) {
      known.pass = pass;
      return;
    }
    const value = () => series.pointValue() as PointValue;
    const found = { attributes, startTime, amount, value, exemplars, owner: family.owner };
    const told = this.#see(describeBound(series), found, pass, known);
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
    this.#numbers += value.length;
    if (exemplars !== undefined) {
      const { exemplars: fresh, newestMillis } = newExemplars(told.id, exemplars, told.exemplarMillis);
      for (const exemplar of fresh) this.#part.exemplars.push(exemplar);
      this.#numbers += NUMBERS_AN_EXEMPLAR * fresh.length;
      told.exemplarMillis = newestMillis;
    }
    return told;
  }

  #toldBy(described: DescribedInstrument, { attributes, startTime }: Found): Told | undefined {
    const instrument = this.#instrumentId(described);
    const told = this.#told.of(instrument, this.#keys.of(attributes));
    if (told === undefined || told.isDescribed) return told;
    told.isDescribed = true;
    const startMillis = startTime[0] * 1000 + startTime[1] / 1_000_000;
    this.#part.series.push([told.id, instrument, startMillis, plainAttributes(attributes)]);
    this.#numbers += NUMBERS_A_DESCRIPTION;
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

  #isStepOver(): boolean {
    this.#seen += 1;
    return this.#seen % SEEN_A_STEP === 0 || this.#numbers >= NUMBERS_A_STEP;
  }

  /** What is not taken out at a pause would be lost with the process. */
  #takePart(): Part | undefined {
    const part = this.#part;
    if (Object.values(part).every((entries) => entries.length === 0)) return undefined;
    this.#part = newPart();
    this.#numbers = 0;
    return part;
  }
}

function newPart(): Growing {
  return { instruments: [], series: [], restarted: [], values: [], exemplars: [], gone: [] };
}
