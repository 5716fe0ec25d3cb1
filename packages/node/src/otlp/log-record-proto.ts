import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ItemWriter } from './item-writer.js';
import {
  fixed32Tag,
  fixed64Tag,
  lengthTag,
  varintTag,
  writeAttributes,
  writeCount,
  writeHexId,
  writeNanos,
  writeValue,
} from './proto-values.js';

// opentelemetry.proto.logs.v1: ScopeLogs, LogRecord
const LOG_RECORDS = lengthTag(2);
const TIME = fixed64Tag(1);
const SEVERITY_NUMBER = varintTag(2);
const SEVERITY_TEXT = lengthTag(3);
const BODY = lengthTag(5);
const ATTRIBUTES = lengthTag(6);
const DROPPED_ATTRIBUTES = varintTag(7);
const FLAGS = fixed32Tag(8);
const TRACE_ID = lengthTag(9);
const SPAN_ID = lengthTag(10);
const OBSERVED_TIME = fixed64Tag(11);
const EVENT_NAME = lengthTag(12);

/** One log record as a field `log_records` of ScopeLogs. */
export function writeLogRecord(writer: ItemWriter, record: ReadableLogRecord): void {
  const { severityNumber, severityText, eventName, spanContext } = record;
  const mark = writer.begin(LOG_RECORDS);
  writeNanos(writer, TIME, record.hrTime);
  writeNanos(writer, OBSERVED_TIME, record.hrTimeObserved);
  writeCount(writer, SEVERITY_NUMBER, severityNumber ?? 0);
  if (severityText) writer.string(SEVERITY_TEXT, severityText);
  if (record.body !== undefined) writeValue(writer, BODY, record.body);
  writeAttributes(writer, ATTRIBUTES, record.attributes);
  writeCount(writer, DROPPED_ATTRIBUTES, record.droppedAttributesCount);
  if (eventName) writer.string(EVENT_NAME, eventName);
  if (spanContext !== undefined) {
    writer.room(5);
    writer.byte(FLAGS);
    writer.fixed32(spanContext.traceFlags);
    writeHexId(writer, TRACE_ID, spanContext.traceId);
    writeHexId(writer, SPAN_ID, spanContext.spanId);
  }
  writer.end(mark);
}
