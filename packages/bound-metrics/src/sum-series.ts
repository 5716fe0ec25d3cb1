import { isMeasurement, Series } from './series.js';

/** A handle of a counter or up-down counter (specification, Metrics API, "Bind"): `add` touches one number. */
export class SumSeries extends Series {
  value = 0;

  /** Adds `value`; not a number, infinite, or negative on a counter is dropped and counted. Never throws. */
  add(value: number): void {
    const { family } = this;
    if (!isMeasurement(family, value)) return;
    this.touched = true;
    this.value += value;
    if (this.isOverflow) family.owner.overflowed(family.definition.name);
    family.owner.mirror?.add(this, value);
  }

  override reset(): void {
    this.value = 0;
    this.touched = false;
  }
}
