import type { MeterProvider } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { BatchQueueLimits } from './batch-queue.js';
import { type ItemKind, itemQueue } from './item-queue.js';
import { spanJson } from './otlp/span-json.js';
import { writeSpan } from './otlp/span-proto.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import type { QueuedSignal } from './queued-signal.js';
import { redactedSpan } from './redaction/redacted-span.js';

/** Takes spans that have ended. */
export type SpanQueue = QueuedSignal<ReadableSpan>;

const SPANS: ItemKind<ReadableSpan> = {
  kind: 'span',
  signal: 'traces',
  componentType: 'otlp_http_span_exporter',
  envelope: { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' },
  redact: redactedSpan,
  json: spanJson,
  proto: writeSpan,
};

/** The queue of spans to an endpoint. */
export function spanQueue(endpoint: OtlpEndpoint, limits: BatchQueueLimits, meterProvider: MeterProvider): SpanQueue {
  return itemQueue(SPANS, endpoint, limits, meterProvider);
}
