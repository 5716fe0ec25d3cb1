import { KeptCombinations, type Room, type SumSeries } from '@otel-monitor/bound-metrics';
import { cleanDimensions, cleanName, type Scope } from '@otel-monitor/runtime';
import { ATTR_OPERATION_NAME } from '@otel-monitor/semconv';
import { OperationInstruments } from './operation-instruments.js';
import { KeptSeries, type OperationSeries, UnkeptSeries } from './operation-series.js';

/** Most places that the dimensions of all names of a scope are kept in; a combination takes one for each dimension. */
const MAX_PLACES = 20_000;
/** A longer name is cleaned and bound anew each time, not kept. */
const MAX_KEPT_NAME = 256;

/** Everything that is bound once for an operation's name. */
export class NamedOperation {
  #plain: KeptSeries | undefined;
  #combinations: KeptCombinations<OperationSeries> | undefined;

  constructor(
    private readonly name: string,
    private readonly active: SumSeries,
    private readonly instruments: OperationInstruments,
    private readonly room: Room,
  ) {}

  /** The series for these dimensions. */
  series(dimensions: unknown): OperationSeries {
    if (typeof dimensions !== 'object' || dimensions === null) return this.#withoutDimensions();
    return this.#combinations?.get(dimensions) ?? this.#combined(dimensions);
  }

  #withoutDimensions(): OperationSeries {
    const { name, active, instruments } = this;
    this.#plain ??= new KeptSeries(name, Object.freeze({ [ATTR_OPERATION_NAME]: name }), active, instruments);
    return this.#plain;
  }

  #combined(dimensions: object): OperationSeries {
    const { name, active, instruments } = this;
    if (instruments.durations.isFull) return new UnkeptSeries(name, dimensions, active, instruments);
    const attributes = Object.freeze({ ...cleanDimensions(dimensions), [ATTR_OPERATION_NAME]: name });
    const series = new KeptSeries(name, attributes, active, instruments);
    this.#combinations ??= new KeptCombinations(this.room);
    this.#combinations.set(dimensions, series);
    return series;
  }
}

/**
 * The operations of one scope by name, each bound once. As many names are kept as the metric of active operations may have
 * series; what comes later is recorded on the overflow series.
 */
export class OperationNames {
  readonly #byName = new Map<string, NamedOperation>();
  readonly #instruments: OperationInstruments;
  readonly #room: Room = { places: MAX_PLACES };

  constructor(scope: Scope) {
    this.#instruments = new OperationInstruments(scope);
  }

  /** The series of a name with dimensions. */
  get(name: string, dimensions: unknown): OperationSeries {
    const known = this.#byName.get(name);
    return known === undefined ? this.#add(name, dimensions) : known.series(dimensions);
  }

  #add(name: unknown, dimensions: unknown): OperationSeries {
    const { active } = this.#instruments;
    if (active.isFull) return new UnkeptSeries(name, dimensions, active.overflow, this.#instruments);
    const clean = cleanName(name);
    const bound = active.bind({ [ATTR_OPERATION_NAME]: clean });
    const made = new NamedOperation(clean, bound, this.#instruments, this.#room);
    // different names may be one when they are clean, so that their series alone would not bound them
    const hasRoom = this.#byName.size < active.owner.seriesPerMetric;
    if (hasRoom && typeof name === 'string' && name.length <= MAX_KEPT_NAME) this.#byName.set(name, made);
    return made.series(dimensions);
  }
}
