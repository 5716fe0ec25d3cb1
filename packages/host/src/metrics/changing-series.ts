import type { Attributes } from '@opentelemetry/api';
import type { BoundValue, ValueSeries } from '@otel-monitor/bound-metrics';

/** Most series of one metric whose names come from the machine, for the process's life. */
const MAX_SERIES = 256;

/** Series of things that come and go: one that is gone, or cannot be read any more, is not given out with its last value. */
export class ChangingSeries {
  readonly #known = new Map<string, { series: ValueSeries; round: number }>();
  #round = 0;

  constructor(
    private readonly metric: BoundValue,
    private readonly attributes: readonly string[],
  ) {}

  /** Sets the series with these values of the attributes; undefined leaves it out. */
  set(value: number | undefined, ...names: readonly string[]): void {
    if (value === undefined) return;
    const key = names.join('\n');
    let known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size >= MAX_SERIES) return;
      known = { series: this.metric.bind(this.#named(names)), round: 0 };
      this.#known.set(key, known);
    }
    known.round = this.#round;
    known.series.set(value);
  }

  /** Ends a round of `set`: what was not set in it is gone. */
  endRound(): void {
    for (const { series, round } of this.#known.values()) if (round !== this.#round) series.reset();
    this.#round += 1;
  }

  /** Everything is gone. */
  clear(): void {
    for (const { series } of this.#known.values()) series.reset();
  }

  #named(names: readonly string[]): Attributes {
    return Object.fromEntries(this.attributes.map((attribute, index) => [attribute, names[index] ?? '']));
  }
}
