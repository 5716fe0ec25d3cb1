import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { anyValueJson, attributesJson, nanosJson, optionalJson } from './json-values.js';

/** One log record as OTLP/JSON. */
export function logRecordJson(record: ReadableLogRecord): string {
  const { severityNumber, spanContext } = record;
  return (
    `{"timeUnixNano":${nanosJson(record.hrTime)},"observedTimeUnixNano":${nanosJson(record.hrTimeObserved)}` +
    (severityNumber === undefined ? '' : `,"severityNumber":${severityNumber}`) +
    optionalJson('severityText', record.severityText) +
    `,"body":${anyValueJson(record.body)}` +
    optionalJson('eventName', record.eventName) +
    `,"attributes":${attributesJson(record.attributes)},"droppedAttributesCount":${record.droppedAttributesCount}` +
    (spanContext === undefined
      ? ''
      : `,"flags":${spanContext.traceFlags},"traceId":"${spanContext.traceId}","spanId":"${spanContext.spanId}"`) +
    '}'
  );
}
