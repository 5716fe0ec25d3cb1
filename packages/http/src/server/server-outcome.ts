import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { HistogramSeries } from '@otel-monitor/bound-metrics';
import type { OperationKind } from '@otel-monitor/runtime';
import { ATTR_ERROR_TYPE, ATTR_HTTP_RESPONSE_STATUS_CODE } from '@otel-monitor/semconv';
import type { ServerInstruments } from './server-instruments.js';

/** All requests that ended alike: one method, route, status and error type. Bound once; spans of them share attributes. */
export class ServerOutcome implements OperationKind {
  readonly spanKind = SpanKind.SERVER;
  readonly attributes: Attributes;
  #duration: HistogramSeries | undefined;
  #requestSize: HistogramSeries | undefined;
  #responseSize: HistogramSeries | undefined;

  /**
   * @param status undefined: no status was sent
   * @param errorType undefined: it did not fail
   */
  constructor(
    readonly name: string,
    routeAttributes: Attributes,
    status: number | undefined,
    errorType: string | undefined,
    readonly isKept: boolean,
    private readonly instruments: ServerInstruments,
  ) {
    this.attributes = Object.freeze({
      ...routeAttributes,
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
