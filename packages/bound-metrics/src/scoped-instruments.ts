import type { Scope } from '@otel-monitor/runtime';
import type { MetricDefinition } from '@otel-monitor/semconv';
import { BoundInstrument, type InstrumentOwner } from './bound-instrument.js';
import { HistogramSeries } from './histogram-series.js';
import type { Series } from './series.js';
import { SumSeries } from './sum-series.js';
import { ValueSeries } from './value-series.js';

export type BoundSum = BoundInstrument<SumSeries>;
export type BoundHistogram = BoundInstrument<HistogramSeries>;
export type BoundValue = BoundInstrument<ValueSeries>;
type AnyInstrument = BoundInstrument<Series>;

/** Custom collectors may name metrics; beyond this many in one scope, all share the last one's store-less handle. */
const MAX_INSTRUMENTS = 1000;

/** The instruments of one instrumentation scope; asking twice for a definition gives the same instrument. */
export class ScopedInstruments {
  readonly #byName = new Map<string, AnyInstrument>();

  constructor(
    readonly scope: Scope,
    private readonly owner: InstrumentOwner,
  ) {}

  /** A counter or up-down counter. */
  sum(definition: MetricDefinition): BoundSum {
    return this.#instrument(definition, SumSeries);
  }

  /** A histogram with the definition's boundaries. */
  histogram(definition: MetricDefinition): BoundHistogram {
    return this.#instrument(definition, HistogramSeries);
  }

  /** A gauge, or a sum whose total is observed: its handles are set. */
  value(definition: MetricDefinition): BoundValue {
    return this.#instrument(definition, ValueSeries);
  }

  get all(): Iterable<AnyInstrument> {
    return this.#byName.values();
  }

  #instrument<S extends Series>(
    definition: MetricDefinition,
    newSeries: ConstructorParameters<typeof BoundInstrument<S>>[3],
  ): BoundInstrument<S> {
    const key = `${definition.name}\n${definition.kind}`;
    const known = this.#byName.get(key);
    if (known !== undefined) return known as unknown as BoundInstrument<S>;
    const made = new BoundInstrument<S>(this.owner, this.scope, definition, newSeries);
    // an instrument beyond the bound works and is not given out; the store counts it
    if (this.#byName.size < MAX_INSTRUMENTS) this.#byName.set(key, made as unknown as AnyInstrument);
    else this.owner.rejected();
    return made;
  }
}
