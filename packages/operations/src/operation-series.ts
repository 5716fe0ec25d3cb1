import { type Attributes, SpanKind } from '@opentelemetry/api';
import { type HistogramSeries, SeriesByErrorType, type SumSeries } from '@otel-monitor/bound-metrics';
import { cleanDimensions, cleanName, cutText, type EndedWork, type OperationKind } from '@otel-monitor/runtime';
import { ATTR_OPERATION_NAME } from '@otel-monitor/semconv';
import type { OperationInstruments } from './operation-instruments.js';

const LABEL_LENGTH = 256;

/** One operation's name with one combination of dimensions: what its runs are recorded on, and what their spans start with. */
export interface OperationSeries extends OperationKind {
  readonly active: SumSeries;
  readonly memoryDelta: HistogramSeries;
  /**
   * What those who come later are told of a run.
   *
   * @param errorType undefined: it did not fail
   */
  ended(errorType: string | undefined): EndedWork;
  /** @param errorType undefined: it did not fail */
  duration(errorType: string | undefined): HistogramSeries;
  /** The same series, for spans of this kind. */
  ofKind(spanKind: SpanKind): OperationSeries;
}

/** A combination that is kept: everything is bound once. */
export class KeptSeries implements OperationSeries, EndedWork {
  readonly isKept = true;
  readonly isClean = true;
  #succeeded: HistogramSeries | undefined;
  #failed: SeriesByErrorType<HistogramSeries> | undefined;
  /** By span kind, each made when it first comes. */
  #ofKinds: KeptSeries[] | undefined;

  constructor(
    readonly name: string,
    readonly attributes: Attributes,
    readonly active: SumSeries,
    private readonly instruments: OperationInstruments,
    readonly spanKind = SpanKind.INTERNAL,
  ) {}

  get label(): string {
    return this.name;
  }

  ended(errorType: string | undefined): EndedWork {
    return errorType === undefined ? this : { label: this.name, isClean: true, errorType };
  }

  ofKind(spanKind: SpanKind): KeptSeries {
    if (spanKind === this.spanKind) return this;
    const { name, attributes, active, instruments } = this;
    this.#ofKinds ??= [];
    this.#ofKinds[spanKind] ??= new KeptSeries(name, attributes, active, instruments, spanKind);
    return this.#ofKinds[spanKind];
  }

  duration(errorType: string | undefined): HistogramSeries {
    const { durations } = this.instruments;
    // bound when it is first recorded on: a series that is never used must not count against the cap
    if (errorType === undefined) {
      this.#succeeded ??= durations.bind(this.attributes);
      return this.#succeeded;
    }
    this.#failed ??= new SeriesByErrorType(durations, this.attributes);
    return this.#failed.get(errorType);
  }

  get memoryDelta(): HistogramSeries {
    return this.instruments.memory.bind({ [ATTR_OPERATION_NAME]: this.name });
  }
}

/**
 * A combination that came when there was no room for it: it is recorded on the overflow series, and its name and dimensions
 * are cleaned only if a span wants them.
 */
export class UnkeptSeries implements OperationSeries {
  readonly isKept = false;
  #name: string | undefined;

  constructor(
    private readonly givenName: unknown,
    private readonly dimensions: unknown,
    readonly active: SumSeries,
    private readonly instruments: OperationInstruments,
    readonly spanKind = SpanKind.INTERNAL,
  ) {}

  ofKind(spanKind: SpanKind): UnkeptSeries {
    return new UnkeptSeries(this.givenName, this.dimensions, this.active, this.instruments, spanKind);
  }

  get name(): string {
    this.#name ??= cleanName(this.givenName);
    return this.#name;
  }

  ended(errorType: string | undefined): EndedWork {
    const { givenName } = this;
    const isClean = typeof givenName !== 'string';
    return { label: isClean ? this.name : cutText(givenName, LABEL_LENGTH), isClean, errorType };
  }

  duration(): HistogramSeries {
    return this.instruments.durations.overflow;
  }

  get attributes(): Attributes {
    return { ...cleanDimensions(this.dimensions), [ATTR_OPERATION_NAME]: this.name };
  }

  get memoryDelta(): HistogramSeries {
    return this.instruments.memory.overflow;
  }
}
