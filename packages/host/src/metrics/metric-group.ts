import type { ScopedInstruments } from '@otel-monitor/bound-metrics';
import type { MetricDefinition } from '@otel-monitor/semconv';
import { ChangingSeries } from './changing-series.js';

/** Metrics that are set together, once a reading. */
export class MetricGroup {
  readonly #all: ChangingSeries[] = [];

  constructor(private readonly instruments: ScopedInstruments) {}

  /** A metric of this group; its attributes are given in the order of its definition. */
  metric(definition: MetricDefinition): ChangingSeries {
    const series = new ChangingSeries(this.instruments.value(definition), definition.attributes);
    this.#all.push(series);
    return series;
  }

  /** All values of this reading are set. */
  endRound(): void {
    for (const series of this.#all) series.endRound();
  }

  /** No value is given out any more. */
  clear(): void {
    for (const series of this.#all) series.clear();
  }
}
