import type { InputSeries } from './alert-case.js';

/** What recorded series hold at one moment, in ten-thousandths, as whole numbers. */
export interface RecordedCase {
  readonly what: string;
  readonly series: InputSeries;
  /** Time since the first value: `10m`. */
  readonly at: string;
  /** By name of the recorded series: all of its series, by their labels. */
  readonly holds: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
