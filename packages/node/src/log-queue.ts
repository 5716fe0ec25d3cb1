import type { MeterProvider } from '@opentelemetry/api';
import { JsonLogsSerializer, LogsExporterMetricsHelper, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { BatchQueueLimits } from './batch-queue.js';
import { type EncodedItem, encodedBytes, encodedSerializer, UNENCODED_BYTES } from './encoded-item.js';
import { logRecordJson } from './log-record-json.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { QueuedSignal } from './queued-signal.js';

/** Takes log records that were emitted. */
export type LogQueue =
  | QueuedSignal<ReadableLogRecord, EncodedItem>
  | QueuedSignal<ReadableLogRecord, ReadableLogRecord>;

const LOGS = { name: 'logs', componentType: 'otlp_http_log_exporter' } as const;

/** The queue to an endpoint: JSON is written as each record is emitted, protobuf by the official serializer for a batch. */
export function logQueue(endpoint: OtlpEndpoint, limits: BatchQueueLimits, meterProvider: MeterProvider): LogQueue {
  if (endpoint.protocol === 'http/protobuf') {
    const signal = { ...LOGS, serializer: ProtobufLogsSerializer, metricsHelper: LogsExporterMetricsHelper };
    const kind = {
      kind: 'log',
      encode: (record: ReadableLogRecord) => record,
      bytesOf: () => UNENCODED_BYTES,
      signal,
    } as const;
    return new QueuedSignal(kind, endpoint, limits, meterProvider);
  }
  const envelope = { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' } as const;
  const signal = {
    ...LOGS,
    serializer: encodedSerializer(envelope, JsonLogsSerializer),
    metricsHelper: { name: LogsExporterMetricsHelper.name, countItems: (items: EncodedItem[]) => items.length },
  };
  return new QueuedSignal(
    { kind: 'log', encode: encodeRecord, bytesOf: encodedBytes, signal },
    endpoint,
    limits,
    meterProvider,
  );
}

function encodeRecord(record: ReadableLogRecord): EncodedItem {
  const { resource, instrumentationScope } = record;
  return { resource, instrumentationScope, json: Buffer.from(logRecordJson(record)) };
}
