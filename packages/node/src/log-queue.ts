import type { MeterProvider } from '@opentelemetry/api';
import { JsonLogsSerializer, LogsExporterMetricsHelper, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { BatchQueueLimits } from './batch-queue.js';
import { type EncodedItem, ItemEncoder } from './otlp/encoded-item.js';
import { ItemWriter } from './otlp/item-writer.js';
import { jsonItem, jsonRequest } from './otlp/json-request.js';
import { logRecordJson } from './otlp/log-record-json.js';
import { writeLogRecord } from './otlp/log-record-proto.js';
import { protoRequest } from './otlp/proto-request.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { QueuedSignal } from './queued-signal.js';

/** Takes log records that were emitted. */
export type LogQueue = QueuedSignal<ReadableLogRecord>;

/** The queue to an endpoint: each record is written as it is emitted, in the endpoint's protocol. */
export function logQueue(endpoint: OtlpEndpoint, limits: BatchQueueLimits, meterProvider: MeterProvider): LogQueue {
  const isProto = endpoint.protocol === 'http/protobuf';
  const official = isProto ? ProtobufLogsSerializer : JsonLogsSerializer;
  const serializeRequest = isProto
    ? protoRequest()
    : jsonRequest({ resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' });
  const kind = {
    kind: 'log',
    encoder: new ItemEncoder<ReadableLogRecord>(new ItemWriter(), isProto ? writeLogRecord : jsonItem(logRecordJson)),
    signal: {
      name: 'logs',
      componentType: 'otlp_http_log_exporter',
      serializer: { serializeRequest, deserializeResponse: (data: Uint8Array) => official.deserializeResponse(data) },
      metricsHelper: { name: LogsExporterMetricsHelper.name, countItems: (items: EncodedItem[]) => items.length },
    },
  } as const;
  return new QueuedSignal(kind, endpoint, limits, meterProvider);
}
