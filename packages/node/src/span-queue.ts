import type { MeterProvider } from '@opentelemetry/api';
import {
  JsonTraceSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { BatchQueueLimits } from './batch-queue.js';
import { type EncodedItem, ItemEncoder } from './otlp/encoded-item.js';
import { ItemWriter } from './otlp/item-writer.js';
import { jsonItem, jsonRequest } from './otlp/json-request.js';
import { protoRequest } from './otlp/proto-request.js';
import { spanJson } from './otlp/span-json.js';
import { writeSpan } from './otlp/span-proto.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { QueuedSignal } from './queued-signal.js';

/** Takes spans that have ended. */
export type SpanQueue = QueuedSignal<ReadableSpan>;

/** The queue to an endpoint: each span is written as it ends, in the endpoint's protocol. */
export function spanQueue(endpoint: OtlpEndpoint, limits: BatchQueueLimits, meterProvider: MeterProvider): SpanQueue {
  const isProto = endpoint.protocol === 'http/protobuf';
  const official = isProto ? ProtobufTraceSerializer : JsonTraceSerializer;
  const serializeRequest = isProto
    ? protoRequest()
    : jsonRequest({ resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' });
  const kind = {
    kind: 'span',
    encoder: new ItemEncoder<ReadableSpan>(new ItemWriter(), isProto ? writeSpan : jsonItem(spanJson)),
    signal: {
      name: 'traces',
      componentType: 'otlp_http_span_exporter',
      serializer: { serializeRequest, deserializeResponse: (data: Uint8Array) => official.deserializeResponse(data) },
      metricsHelper: { name: TraceExporterMetricsHelper.name, countItems: (items: EncodedItem[]) => items.length },
    },
  } as const;
  return new QueuedSignal(kind, endpoint, limits, meterProvider);
}
