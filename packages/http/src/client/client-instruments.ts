import { type BoundHistogram, metricStore } from '@otel-monitor/bound-metrics';
import {
  HTTP_CLIENT_REQUEST_BODY_SIZE,
  HTTP_CLIENT_REQUEST_DURATION,
  HTTP_CLIENT_RESPONSE_BODY_SIZE,
} from '@otel-monitor/semconv';
import { HTTP_SCOPE } from '../http-scope.js';
import type { RequestInstruments } from '../request-outcome.js';

/** What requests to other services are recorded on. */
export class ClientInstruments implements RequestInstruments {
  readonly durations: BoundHistogram;
  readonly requestSizes: BoundHistogram;
  readonly responseSizes: BoundHistogram;

  constructor() {
    const instruments = metricStore.scope(HTTP_SCOPE);
    this.durations = instruments.histogram(HTTP_CLIENT_REQUEST_DURATION);
    this.requestSizes = instruments.histogram(HTTP_CLIENT_REQUEST_BODY_SIZE);
    this.responseSizes = instruments.histogram(HTTP_CLIENT_RESPONSE_BODY_SIZE);
  }
}
