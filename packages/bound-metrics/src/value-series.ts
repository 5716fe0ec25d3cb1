import { isMeasurement, Series } from './series.js';

/** A handle of a gauge or of an observed sum: `set` keeps the last value. */
export class ValueSeries extends Series {
  value = 0;

  /** Sets the value; one that is not a number, infinite, or negative on a counter is dropped and counted. Never throws. */
  set(value: number): void {
    const { family } = this;
    if (!isMeasurement(family, value)) return;
    this.touched = true;
    this.value = value;
    if (this.isOverflow) family.owner.overflowed(family.definition.name);
    family.owner.mirror?.observe(this);
  }

  /** Stops giving the value out until it is set again. */
  override reset(): void {
    this.value = 0;
    this.touched = false;
  }
}
