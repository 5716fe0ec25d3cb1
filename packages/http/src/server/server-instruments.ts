import { type BoundHistogram, type BoundSum, metricStore } from '@otel-monitor/bound-metrics';
import {
  HTTP_SERVER_ACTIVE_REQUESTS,
  HTTP_SERVER_REQUEST_BODY_SIZE,
  HTTP_SERVER_REQUEST_DURATION,
  HTTP_SERVER_RESPONSE_BODY_SIZE,
} from '@otel-monitor/semconv';
import { HTTP_SCOPE } from '../http-scope.js';

/** What requests to this service are recorded on. */
export class ServerInstruments {
  readonly durations: BoundHistogram;
  readonly active: BoundSum;
  readonly requestSizes: BoundHistogram;
  readonly responseSizes: BoundHistogram;

  constructor() {
    const instruments = metricStore.scope(HTTP_SCOPE);
    this.durations = instruments.histogram(HTTP_SERVER_REQUEST_DURATION);
    this.active = instruments.sum(HTTP_SERVER_ACTIVE_REQUESTS);
    this.requestSizes = instruments.histogram(HTTP_SERVER_REQUEST_BODY_SIZE);
    this.responseSizes = instruments.histogram(HTTP_SERVER_RESPONSE_BODY_SIZE);
  }
}
