import type { Attributes } from '@opentelemetry/api';
import type { Scope } from '@otel-monitor/runtime';
import type { MetricDefinition } from '@otel-monitor/semconv';
import { BoundInstrument, type InstrumentOwner } from './bound-instrument.js';
import { ExponentialHistogramSeries, type ExponentialSize } from './exponential-series.js';

/** The specification's defaults (Metrics SDK, "Base2 Exponential Bucket Histogram Aggregation"). */
const DEFAULT_SIZE = 160;
const DEFAULT_SCALE = 20;
const LEAST_SIZE = 2;
/** More buckets than this are no saving over the measurements themselves. */
const MOST_SIZE = 2048;
const LEAST_SCALE = -10;
const MOST_SCALE = 20;

/** A base-2 exponential histogram. */
export class BoundExponentialHistogram extends BoundInstrument<ExponentialHistogramSeries> {
  override readonly isExponential = true;
  readonly #size: ExponentialSize;

  constructor(owner: InstrumentOwner, scope: Scope, definition: MetricDefinition, size: Partial<ExponentialSize>) {
    super(owner, scope, definition);
    this.#size = {
      maxSize: whole(size.maxSize, LEAST_SIZE, MOST_SIZE, DEFAULT_SIZE),
      maxScale: whole(size.maxScale, LEAST_SCALE, MOST_SCALE, DEFAULT_SCALE),
    };
  }

  /** Records on the series with these attributes: what `bind(attributes).record(value)` does, and at the price of both. */
  record(value: number, attributes?: Attributes): void {
    this.bind(attributes).record(value);
  }

  protected override newSeries(attributes: Attributes, isOverflow: boolean): ExponentialHistogramSeries {
    return new ExponentialHistogramSeries(this, attributes, isOverflow, this.#size);
  }
}

function whole(given: unknown, least: number, most: number, otherwise: number): number {
  if (typeof given !== 'number' || Number.isNaN(given)) return otherwise;
  return Math.min(Math.max(Math.trunc(given), least), most);
}
