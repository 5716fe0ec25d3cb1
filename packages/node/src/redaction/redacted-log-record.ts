import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isOwnLogRecord, redactName } from '@otel-monitor/runtime';
import { redactedBody, redactedLogAttributes } from './redacted-value.js';

/**
 * A log record as it may leave, while it is emitted. One of ours was redacted before; what bridges of loggers and the
 * application emit is redacted here: body, attributes, severity text, event name.
 */
export function redactedLogRecord(record: ReadableLogRecord): ReadableLogRecord {
  if (isOwnLogRecord()) return record;
  const { hrTime, hrTimeObserved, spanContext, severityNumber, severityText, eventName } = record;
  const { resource, instrumentationScope, droppedAttributesCount } = record;
  const body = redactedBody(record.body);
  return {
    ...{ hrTime, hrTimeObserved, resource, instrumentationScope, droppedAttributesCount },
    attributes: redactedLogAttributes(record.attributes),
    ...(spanContext !== undefined && { spanContext }),
    ...(severityNumber !== undefined && { severityNumber }),
    ...(severityText && { severityText: redactName(severityText) }),
    ...(eventName && { eventName: redactName(eventName) }),
    ...(body !== undefined && { body }),
  };
}
