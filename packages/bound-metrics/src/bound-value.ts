import type { Attributes } from '@opentelemetry/api';
import { BoundInstrument } from './bound-instrument.js';
import { ValueSeries } from './value-series.js';

/** A gauge, or a sum whose total is observed: its handles are set. */
export class BoundValue extends BoundInstrument<ValueSeries> {
  protected override newSeries(attributes: Attributes, isOverflow: boolean): ValueSeries {
    return new ValueSeries(this, attributes, isOverflow);
  }
}
