import type { Attributes, HrTime } from '@opentelemetry/api';
import type { Scope } from '@otel-monitor/runtime';
import type { MetricDefinition } from '@otel-monitor/semconv';
import type { BucketExemplars } from './bucket-exemplars.js';
import { distinctStartTime } from './start-time.js';

/** Hands measurements on to the instruments of another provider. */
export interface Mirror {
  add(series: Series, value: number): void;
  record(series: Series, value: number): void;
  /** Called at every set of an observed value; the provider reads the value when it collects. */
  observe(series: Series): void;
}

/** What a store is told about the measurements of its series. */
export interface SeriesOwner {
  /** A measurement that was not a number, infinite, negative where that is not allowed, or on an unbound handle. */
  rejected(): void;
  /** A measurement of the series that stands for all beyond the cap. */
  overflowed(metricName: string): void;
  /** Whether histograms keep exemplars. */
  readonly exemplars: boolean;
  /** Undefined when nobody but the store wants the measurements. */
  readonly mirror: Mirror | undefined;
}

/** What the series of one metric have in common. */
export interface SeriesFamily {
  readonly owner: SeriesOwner;
  readonly scope: Scope;
  readonly definition: MetricDefinition;
  /** Only values >= 0 are accepted: counters and histograms. */
  readonly nonNegative: boolean;
  /** Whether it is a histogram with exponential buckets. */
  readonly isExponential: boolean;
  /** The series that are bound, each once. */
  readonly all: Iterable<Series>;
  /** Takes the series out of the family: it is not collected any more. */
  release(series: Series): void;
}

/** One field says all that is out of the ordinary with a series, so that a record asks once. */
export const ORDINARY = 0;
const OVERFLOW = 1;
const UNBOUND = 2;

/** Objects and map entries of a series, measured on Node 20. */
const SERIES_BYTES = 300;

/** One series: its attributes, fixed at bind, and whether it has recorded since it was bound or reset. */
export abstract class Series {
  /** When it was bound, or reset. */
  startTime: HrTime = distinctStartTime();
  /** A series that was bound and never recorded is not given out. */
  touched = false;
  protected mark: number;

  constructor(
    readonly family: SeriesFamily,
    readonly attributes: Attributes,
    isOverflow: boolean,
  ) {
    this.mark = isOverflow ? OVERFLOW : ORDINARY;
  }

  /** Whether it is the series that takes every combination of attributes beyond the cap. */
  get isOverflow(): boolean {
    return this.mark === OVERFLOW;
  }

  /** False after `unbind`. */
  get isBound(): boolean {
    return this.mark !== UNBOUND;
  }

  /**
   * Gives the series up: it is not collected any more, its memory is free, and what is recorded on this handle from now
   * on is dropped and counted. Everybody who bound the same attributes holds this handle. It goes on counting against
   * the cap of its metric, which is for the process's life; binding the attributes again begins a new series at zero
   * without counting a second time. The overflow series cannot be given up.
   */
  unbind(): void {
    if (this.mark !== ORDINARY) return;
    this.mark = UNBOUND;
    this.family.release(this);
  }

  /** About what the series holds, in bytes. */
  get memoryBytes(): number {
    let text = 0;
    for (const [key, value] of Object.entries(this.attributes)) text += key.length + String(value).length;
    return SERIES_BYTES + 2 * text;
  }

  /** The last exemplar of each bucket, for the series that keep any. */
  get exemplars(): BucketExemplars | undefined {
    return undefined;
  }

  /** What is given out of the series, as the SDK's data have it. */
  abstract pointValue(): unknown;

  /** Forgets what was recorded; the handle stays good. */
  reset(): void {
    this.startTime = distinctStartTime();
    this.touched = false;
  }

  /** Whether a measurement may be recorded on a series that is out of the ordinary; counts it as what it is. */
  protected admits(): boolean {
    const { owner, definition } = this.family;
    if (this.mark === UNBOUND) {
      owner.rejected();
      return false;
    }
    owner.overflowed(definition.name);
    return true;
  }
}

/** Whether a measurement may enter a sum; what may not is counted by the owner of the series. */
export function isMeasurement(family: SeriesFamily, value: unknown): value is number {
  // value - value is 0 for every finite number, and NaN for NaN and the infinities
  if (typeof value === 'number' && value - value === 0 && (value >= 0 || !family.nonNegative)) return true;
  family.owner.rejected();
  return false;
}
