import type { Attributes } from '@opentelemetry/api';
import { type HistogramSeries, SeriesByErrorType, type SumSeries } from '@otel-monitor/bound-metrics';
import { cleanDimensions, cleanName, type OperationKind } from '@otel-monitor/runtime';
import { ATTR_OPERATION_NAME } from '@otel-monitor/semconv';
import type { OperationInstruments } from './operation-instruments.js';

/** One operation's name with one combination of dimensions: what its runs are recorded on, and what their spans start with. */
export interface OperationSeries extends OperationKind {
  readonly active: SumSeries;
  readonly durations: Pick<SeriesByErrorType<HistogramSeries>, 'get'>;
  readonly memoryDelta: HistogramSeries;
}

/** A combination that is kept: everything is bound once. */
export class KeptSeries implements OperationSeries {
  readonly durations: SeriesByErrorType<HistogramSeries>;

  constructor(
    readonly name: string,
    readonly attributes: Attributes,
    readonly active: SumSeries,
    private readonly instruments: OperationInstruments,
  ) {
    this.durations = new SeriesByErrorType(instruments.durations, attributes);
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
  readonly durations: Pick<SeriesByErrorType<HistogramSeries>, 'get'>;

  constructor(
    private readonly givenName: unknown,
    private readonly dimensions: unknown,
    readonly active: SumSeries,
    private readonly instruments: OperationInstruments,
  ) {
    this.durations = instruments.overflowingDurations;
  }

  get name(): string {
    return cleanName(this.givenName);
  }

  get attributes(): Attributes {
    return Object.freeze({ ...cleanDimensions(this.dimensions), [ATTR_OPERATION_NAME]: this.name });
  }

  get memoryDelta(): HistogramSeries {
    return this.instruments.memory.overflow;
  }
}
