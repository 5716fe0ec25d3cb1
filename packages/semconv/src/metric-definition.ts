/** The kinds of instrument of the OpenTelemetry metrics API (specification, Metrics API, "Instrument"). */
export type InstrumentKind =
  | 'counter'
  | 'up_down_counter'
  | 'histogram'
  | 'gauge'
  | 'observable_counter'
  | 'observable_up_down_counter';

/** What is fixed about one metric: everything that a dashboard, a rule or another service may rely on. */
export interface MetricDefinition {
  /** Name as it leaves the process in OTLP; its Prometheus form follows from name, unit and kind. */
  readonly name: string;
  readonly kind: InstrumentKind;
  /** UCUM unit, `s`, `By`, `1`, or an annotation such as `{operation}`. */
  readonly unit: string;
  /** One sentence, shown as HELP. */
  readonly description: string;
  /** Names of the attributes that its series may carry; dimensions of operations come on top. */
  readonly attributes: readonly string[];
  /** Histograms only: the upper bounds of the buckets, in `unit`. */
  readonly boundaries?: readonly number[];
}

/** Bucket boundaries of every histogram in seconds, from 5 ms to 10 s. */
export const SECONDS_BOUNDARIES: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** Bucket boundaries of histograms of memory in bytes, from 1 KiB to 1 GiB; the first bucket holds what shrank or stayed. */
export const BYTES_BOUNDARIES: readonly number[] = [
  0, 1024, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864, 268_435_456, 1_073_741_824,
];

/** Boundaries of a histogram that gives none (specification, Metrics SDK, "Explicit Bucket Histogram Aggregation"). */
export const DEFAULT_BOUNDARIES: readonly number[] = [
  0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
];
