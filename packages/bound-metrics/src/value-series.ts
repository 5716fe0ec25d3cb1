import { runtimeState } from '@otel-monitor/runtime';
import { isMeasurement, ORDINARY, Series } from './series.js';

/** A handle of a gauge or of an observed sum: `set` keeps the last value. */
export class ValueSeries extends Series {
  value = 0;

  /** Sets the value; one that is not a number, infinite, or negative on a counter is dropped and counted. Never throws. */
  set(value: number): void {
    const { family } = this;
    if (!isMeasurement(family, value) || (this.mark !== ORDINARY && !this.admits())) return;
    this.touched = true;
    this.value = value;
    if (runtimeState.metrics !== 'own') family.owner.mirror?.observe(this);
  }

  override pointValue(): number {
    return this.value;
  }

  /** Stops giving the value out until it is set again. */
  override reset(): void {
    super.reset();
    this.value = 0;
  }
}
