import type { Attributes } from '@opentelemetry/api';
import { BoundInstrument } from './bound-instrument.js';
import { SumSeries } from './sum-series.js';

/** A counter or up-down counter. */
export class BoundSum extends BoundInstrument<SumSeries> {
  /** Adds to the series with these attributes: what `bind(attributes).add(value)` does, and at the price of both. */
  add(value: number, attributes?: Attributes): void {
    this.bind(attributes).add(value);
  }

  protected override newSeries(attributes: Attributes, isOverflow: boolean): SumSeries {
    return new SumSeries(this, attributes, isOverflow);
  }
}
