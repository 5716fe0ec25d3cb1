import type { MeterProvider } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { BatchQueueLimits } from './batch-queue.js';
import { type ItemKind, itemQueue } from './item-queue.js';
import { logRecordJson } from './otlp/log-record-json.js';
import { writeLogRecord } from './otlp/log-record-proto.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import type { QueuedSignal } from './queued-signal.js';
import { redactedLogRecord } from './redaction/redacted-log-record.js';

/** Takes log records that were emitted. */
export type LogQueue = QueuedSignal<ReadableLogRecord>;

const LOG_RECORDS: ItemKind<ReadableLogRecord> = {
  kind: 'log',
  signal: 'logs',
  componentType: 'otlp_http_log_exporter',
  envelope: { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' },
  redact: redactedLogRecord,
  json: logRecordJson,
  proto: writeLogRecord,
};

/** The queue of log records to an endpoint. */
export function logQueue(endpoint: OtlpEndpoint, limits: BatchQueueLimits, meterProvider: MeterProvider): LogQueue {
  return itemQueue(LOG_RECORDS, endpoint, limits, meterProvider);
}
