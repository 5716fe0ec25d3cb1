import type { Attributes } from '@opentelemetry/api';
import { BoundInstrument } from './bound-instrument.js';
import { boundariesOf } from './boundaries.js';
import { HistogramSeries } from './histogram-series.js';

/** A histogram with explicit buckets. */
export class BoundHistogram extends BoundInstrument<HistogramSeries> {
  readonly #boundaries = boundariesOf(this.definition.boundaries);

  /** Records on the series with these attributes: what `bind(attributes).record(value)` does, and at the price of both. */
  record(value: number, attributes?: Attributes): void {
    this.bind(attributes).record(value);
  }

  protected override newSeries(attributes: Attributes, isOverflow: boolean): HistogramSeries {
    return new HistogramSeries(this, attributes, isOverflow, this.#boundaries);
  }
}
