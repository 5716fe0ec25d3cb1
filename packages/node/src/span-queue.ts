import type { MeterProvider } from '@opentelemetry/api';
import {
  JsonTraceSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { BatchQueueLimits } from './batch-queue.js';
import { type EncodedItem, encodedBytes, encodedSerializer, UNENCODED_BYTES } from './encoded-item.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { QueuedSignal } from './queued-signal.js';
import { spanJson } from './span-json.js';

/** Takes spans that have ended. */
export type SpanQueue = QueuedSignal<ReadableSpan, EncodedItem> | QueuedSignal<ReadableSpan, ReadableSpan>;

const TRACES = { name: 'traces', componentType: 'otlp_http_span_exporter' } as const;

/** The queue to an endpoint: JSON is written as each span ends, protobuf by the official serializer for a whole batch. */
export function spanQueue(endpoint: OtlpEndpoint, limits: BatchQueueLimits, meterProvider: MeterProvider): SpanQueue {
  if (endpoint.protocol === 'http/protobuf') {
    const signal = { ...TRACES, serializer: ProtobufTraceSerializer, metricsHelper: TraceExporterMetricsHelper };
    const kind = {
      kind: 'span',
      encode: (span: ReadableSpan) => span,
      bytesOf: () => UNENCODED_BYTES,
      signal,
    } as const;
    return new QueuedSignal(kind, endpoint, limits, meterProvider);
  }
  const envelope = { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' } as const;
  const signal = {
    ...TRACES,
    serializer: encodedSerializer(envelope, JsonTraceSerializer),
    metricsHelper: { name: TraceExporterMetricsHelper.name, countItems: (items: EncodedItem[]) => items.length },
  };
  return new QueuedSignal(
    { kind: 'span', encode: encodeSpan, bytesOf: encodedBytes, signal },
    endpoint,
    limits,
    meterProvider,
  );
}

function encodeSpan(span: ReadableSpan): EncodedItem {
  const { resource, instrumentationScope } = span;
  return { resource, instrumentationScope, json: Buffer.from(spanJson(span)) };
}
