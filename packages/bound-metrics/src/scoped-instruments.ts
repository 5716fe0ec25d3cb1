import type { Scope } from '@otel-monitor/runtime';
import type { MetricDefinition } from '@otel-monitor/semconv';
import { BoundExponentialHistogram } from './bound-exponential-histogram.js';
import { BoundHistogram } from './bound-histogram.js';
import type { BoundInstrument, InstrumentOwner } from './bound-instrument.js';
import { BoundSum } from './bound-sum.js';
import { BoundValue } from './bound-value.js';
import type { ExponentialSize } from './exponential-series.js';
import type { Series } from './series.js';

/** Any instrument of a store. */
export type AnyInstrument = BoundInstrument<Series>;

/** Custom collectors may name metrics: beyond this many in one scope, instruments work and are not collected. */
const MAX_INSTRUMENTS = 1000;

/** The instruments of one instrumentation scope; asking twice for a definition gives the same instrument. */
export class ScopedInstruments {
  readonly #known = new Map<string, AnyInstrument>();

  constructor(
    readonly scope: Scope,
    private readonly owner: InstrumentOwner,
  ) {}

  /** A counter or up-down counter. */
  sum(definition: MetricDefinition): BoundSum {
    return this.#once(definition, '', () => new BoundSum(this.owner, this.scope, definition));
  }

  /** A histogram with the definition's boundaries. */
  histogram(definition: MetricDefinition): BoundHistogram {
    return this.#once(definition, '', () => new BoundHistogram(this.owner, this.scope, definition));
  }

  /** A base-2 exponential histogram; the definition's boundaries are not used. Default size 160, scale 20. */
  exponentialHistogram(definition: MetricDefinition, size: Partial<ExponentialSize> = {}): BoundExponentialHistogram {
    const make = () => new BoundExponentialHistogram(this.owner, this.scope, definition, size);
    return this.#once(definition, 'exponential', make);
  }

  /** A gauge, or a sum whose total is observed: its handles are set. */
  value(definition: MetricDefinition): BoundValue {
    return this.#once(definition, '', () => new BoundValue(this.owner, this.scope, definition));
  }

  get all(): Iterable<AnyInstrument> {
    return this.#known.values();
  }

  #once<I>(definition: MetricDefinition, aggregation: string, make: () => I): I {
    const key = `${definition.name}\n${definition.kind}\n${aggregation}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known as I;
    const made = make();
    if (this.#known.size < MAX_INSTRUMENTS) this.#known.set(key, made as AnyInstrument);
    else this.owner.rejected();
    return made;
  }
}
