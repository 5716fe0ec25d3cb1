import { type EncodedItem, ItemEncoder, type ItemOrigin } from '../../src/otlp/encoded-item.js';
import { ItemWriter } from '../../src/otlp/item-writer.js';
import { jsonItem, jsonRequest } from '../../src/otlp/json-request.js';
import { logRecordJson } from '../../src/otlp/log-record-json.js';
import { writeLogRecord } from '../../src/otlp/log-record-proto.js';
import { protoRequest } from '../../src/otlp/proto-request.js';
import { spanJson } from '../../src/otlp/span-json.js';
import { writeSpan } from '../../src/otlp/span-proto.js';

/** A batch as it is written: each item as it ends, then the request around them. */
function batchOf<T extends ItemOrigin>(
  write: (writer: ItemWriter, item: T) => void,
  request: (batch: readonly EncodedItem[]) => Uint8Array,
): (items: readonly T[]) => Uint8Array {
  const encoder = new ItemEncoder<T>(new ItemWriter(), write);
  return (items) => {
    const batch = items.map((item) => encoder.encode(item));
    const body = request(batch);
    encoder.release(batch);
    return body;
  };
}

export const spansJson = batchOf(
  jsonItem(spanJson),
  jsonRequest({ resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' }),
);
export const recordsJson = batchOf(
  jsonItem(logRecordJson),
  jsonRequest({ resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' }),
);
export const spansProto = batchOf(writeSpan, protoRequest());
export const recordsProto = batchOf(writeLogRecord, protoRequest());
