import type { Attributes, HrTime } from '@opentelemetry/api';
import type { Scope } from '@otel-monitor/runtime';
import type { MetricDefinition } from '@otel-monitor/semconv';

/** Hands measurements on to the instruments of another provider. */
export interface Mirror {
  add(series: Series, value: number): void;
  record(series: Series, value: number): void;
  /** Called at every set of an observed value; the provider reads the value when it collects. */
  observe(series: Series): void;
}

/** What a store is told about the measurements of its series. */
export interface SeriesOwner {
  /** A measurement that was not a number, infinite, or negative where that is not allowed. */
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
  /** The series that were bound, each once. */
  readonly all: Iterable<Series>;
}

/** Objects and map entries of a series, measured on Node 20. */
const SERIES_BYTES = 300;

/** One series: its attributes, fixed at bind, and whether it has recorded since it was bound or reset. */
export abstract class Series {
  readonly startTime: HrTime = hrTimeNow();
  /** A series that was bound and never recorded is not given out. */
  touched = false;

  constructor(
    readonly family: SeriesFamily,
    readonly attributes: Attributes,
    /** The series that takes every combination of attributes beyond the cap. */
    readonly isOverflow: boolean,
  ) {}

  /** About what the series holds, in bytes. */
  get memoryBytes(): number {
    let text = 0;
    for (const [key, value] of Object.entries(this.attributes)) text += key.length + String(value).length;
    return SERIES_BYTES + 2 * text;
  }

  /** Forgets what was recorded; the handle stays good. */
  abstract reset(): void;
}

/** Whether a measurement may enter a sum; what may not is counted by the owner of the series. */
export function isMeasurement(family: SeriesFamily, value: unknown): value is number {
  // value - value is 0 for every finite number, and NaN for NaN and the infinities
  if (typeof value === 'number' && value - value === 0 && (value >= 0 || !family.nonNegative)) return true;
  family.owner.rejected();
  return false;
}

/** Now, as seconds and nanoseconds since the epoch. */
export function hrTimeNow(): HrTime {
  const millis = Date.now();
  const seconds = Math.floor(millis / 1000);
  return [seconds, (millis - seconds * 1000) * 1_000_000];
}
