import { runtimeState } from '@otel-monitor/runtime';
import { isMeasurement, ORDINARY, Series } from './series.js';

/** A handle of a counter or up-down counter (specification, Metrics API, "Bind"): `add` touches one number. */
export class SumSeries extends Series {
  value = 0;

  /** Adds `value`; not a number, infinite, or negative on a counter is dropped and counted. Never throws. */
  add(value: number): void {
    const { family } = this;
    if (!isMeasurement(family, value) || (this.mark !== ORDINARY && !this.admits())) return;
    this.touched = true;
    this.value += value;
    if (runtimeState.metrics !== 'own') family.owner.mirror?.add(this, value);
  }

  override pointValue(): number {
    return this.value;
  }

  override reset(): void {
    super.reset();
    this.value = 0;
  }
}
