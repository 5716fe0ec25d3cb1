import type { Attributes } from '@opentelemetry/api';
import type { BoundHistogram, BoundSum, HistogramSeries, SumSeries } from '@otel-monitor/bound-metrics';
import { KeptCombinations, metricStore, SeriesByErrorType } from '@otel-monitor/bound-metrics';
import { cleanDimensions, cleanName, type Scope } from '@otel-monitor/runtime';
import {
  ATTR_OPERATION_NAME,
  OPERATION_ACTIVE,
  OPERATION_DURATION,
  OPERATION_MEMORY_DELTA,
} from '@otel-monitor/semconv';

const MAX_NAMES = 1000;
/** Most places that the dimensions of one name are kept in; a combination takes one for each dimension. */
const MAX_PLACES = 4000;
/** A longer name is cleaned and bound anew each time, not kept. */
const MAX_KEPT_NAME = 256;

/** One operation's name with one combination of dimensions: its durations, and the attributes they share with its span. */
export class OperationSeries {
  readonly durations: SeriesByErrorType<HistogramSeries>;

  constructor(
    readonly named: NamedOperation,
    readonly attributes: Attributes,
    instrument: BoundHistogram,
  ) {
    this.durations = new SeriesByErrorType(instrument, attributes);
  }
}

/** Everything that is bound once for an operation's name. */
export class NamedOperation {
  readonly active: SumSeries;
  readonly plain: OperationSeries;
  readonly #combinations = new KeptCombinations<OperationSeries>(MAX_PLACES);

  constructor(
    readonly name: string,
    private readonly durations: BoundHistogram,
    active: BoundSum,
    private readonly memory: BoundHistogram,
  ) {
    const attributes = Object.freeze({ [ATTR_OPERATION_NAME]: name });
    this.active = active.bind(attributes);
    this.plain = new OperationSeries(this, attributes, durations);
  }

  /** The series for these dimensions. */
  series(dimensions: unknown): OperationSeries {
    if (typeof dimensions !== 'object' || dimensions === null) return this.plain;
    return this.#combinations.get(dimensions, () => {
      const attributes = Object.freeze({ ...cleanDimensions(dimensions), [ATTR_OPERATION_NAME]: this.name });
      return new OperationSeries(this, attributes, this.durations);
    });
  }

  get memoryDelta(): HistogramSeries {
    return this.memory.bind({ [ATTR_OPERATION_NAME]: this.name });
  }
}

/** The operations of one scope by name, each bound once; beyond a bound they are bound at each call. */
export class OperationNames {
  readonly #byName = new Map<string, NamedOperation>();
  readonly #durations: BoundHistogram;
  readonly #active: BoundSum;
  readonly #memory: BoundHistogram;

  constructor(scope: Scope) {
    const instruments = metricStore.scope(scope);
    this.#durations = instruments.histogram(OPERATION_DURATION);
    this.#active = instruments.sum(OPERATION_ACTIVE);
    this.#memory = instruments.histogram(OPERATION_MEMORY_DELTA);
  }

  get(name: string): NamedOperation {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const made = new NamedOperation(cleanName(name), this.#durations, this.#active, this.#memory);
    if (this.#byName.size < MAX_NAMES && typeof name === 'string' && name.length <= MAX_KEPT_NAME) {
      this.#byName.set(name, made);
    }
    return made;
  }
}
