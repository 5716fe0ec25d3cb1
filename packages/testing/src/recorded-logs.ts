import type { Attributes } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** A log record as a literal. */
export interface RecordedLog {
  eventName?: string;
  severityNumber?: number;
  severityText?: string;
  body?: unknown;
  attributes: Attributes;
  traceId?: string;
  spanId?: string;
}

export function recordedLog(record: ReadableLogRecord): RecordedLog {
  return {
    eventName: record.eventName,
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: record.body,
    attributes: { ...record.attributes } as Attributes,
    traceId: record.spanContext?.traceId,
    spanId: record.spanContext?.spanId,
  };
}
