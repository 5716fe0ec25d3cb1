import type { Attributes, SpanKind } from '@opentelemetry/api';
import type { BoundHistogram, HistogramSeries } from '@otel-monitor/bound-metrics';
import type { EndedWork, OperationKind } from '@otel-monitor/runtime';
import { ATTR_ERROR_TYPE, ATTR_HTTP_RESPONSE_STATUS_CODE } from '@otel-monitor/semconv';

/** What requests are recorded on when they have ended. */
export interface RequestInstruments {
  readonly durations: BoundHistogram;
  readonly requestSizes: BoundHistogram;
  readonly responseSizes: BoundHistogram;
}

/** All requests that ended alike: one target, status and error type. Bound once; the spans of them share attributes. */
export class RequestOutcome implements OperationKind, EndedWork {
  readonly isClean = true;
  readonly attributes: Attributes;
  #duration: HistogramSeries | undefined;
  #requestSize: HistogramSeries | undefined;
  #responseSize: HistogramSeries | undefined;

  /**
   * @param status undefined: none was sent
   * @param errorType undefined: it did not fail
   * @param label what errors that come later are told of it; default its name
   */
  constructor(
    readonly name: string,
    readonly spanKind: SpanKind,
    of: Attributes,
    status: number | undefined,
    readonly errorType: string | undefined,
    readonly isKept: boolean,
    private readonly instruments: RequestInstruments,
    readonly label: string = name,
  ) {
    this.attributes = Object.freeze({
      ...of,
      ...(status !== undefined && { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
      ...(errorType !== undefined && { [ATTR_ERROR_TYPE]: errorType }),
    });
  }

  get duration(): HistogramSeries {
    this.#duration ??= this.instruments.durations.bind(this.attributes);
    return this.#duration;
  }

  get requestSize(): HistogramSeries {
    this.#requestSize ??= this.instruments.requestSizes.bind(this.attributes);
    return this.#requestSize;
  }

  get responseSize(): HistogramSeries {
    this.#responseSize ??= this.instruments.responseSizes.bind(this.attributes);
    return this.#responseSize;
  }
}
