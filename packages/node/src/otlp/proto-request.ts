import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { EncodedItem } from './encoded-item.js';
import {
  groupItems,
  joinParts,
  partsLength,
  type RequestPart,
  type ResourceItems,
  type ScopeItems,
} from './encoded-request.js';
import { type ItemWriter, writtenApart } from './item-writer.js';
import { lengthTag, writeAttributes } from './proto-values.js';

// The fields have the same numbers in the requests of traces and logs: ExportTraceServiceRequest, ResourceSpans,
// ScopeSpans and ExportLogsServiceRequest, ResourceLogs, ScopeLogs; and Resource, InstrumentationScope.
const RESOURCE_ITEMS = lengthTag(1);
const RESOURCE = lengthTag(1);
const SCOPE_ITEMS = lengthTag(2);
const SCOPE = lengthTag(1);
const SCHEMA_URL = lengthTag(3);
const RESOURCE_ATTRIBUTES = lengthTag(1);
const SCOPE_NAME = lengthTag(1);
const SCOPE_VERSION = lengthTag(2);
const SCOPE_ATTRIBUTES = lengthTag(3);

/** Writes batches of items, each a field of its scope already, as one request of OTLP's protobuf. */
export function protoRequest(): (batch: readonly EncodedItem[]) => Uint8Array {
  // the few that a process has stay for its life
  const resources = new WeakMap<Resource, Uint8Array>();
  const scopes = new WeakMap<InstrumentationScope, Uint8Array>();

  const scopeParts = ({ scope, items }: ScopeItems): RequestPart[] =>
    withHead(SCOPE_ITEMS, [kept(scopes, scope, writeScope), items, writtenApart(writeSchemaUrl, scope)]);

  const resourceParts = ({ resource, scopes: scopeItems }: ResourceItems): RequestPart[] =>
    withHead(RESOURCE_ITEMS, [
      kept(resources, resource, writeResource),
      ...scopeItems.flatMap(scopeParts),
      writtenApart(writeSchemaUrl, resource),
    ]);

  return (batch) => joinParts(groupItems(batch).flatMap(resourceParts));
}

/** The parts as one field: its tag and their length come before them. */
function withHead(tag: number, parts: readonly RequestPart[]): RequestPart[] {
  const head = writtenApart((writer, length) => {
    writer.room(6);
    writer.byte(tag);
    writer.varint(length);
  }, partsLength(parts));
  return [head, ...parts];
}

function kept<K extends object>(
  known: WeakMap<K, Uint8Array>,
  key: K,
  write: (writer: ItemWriter, value: K) => void,
): Uint8Array {
  let bytes = known.get(key);
  if (bytes === undefined) {
    bytes = writtenApart(write, key);
    known.set(key, bytes);
  }
  return bytes;
}

function writeSchemaUrl(to: ItemWriter, { schemaUrl }: { schemaUrl?: string | undefined }): void {
  if (schemaUrl) to.string(SCHEMA_URL, schemaUrl);
}

function writeResource(to: ItemWriter, { attributes }: Resource): void {
  const mark = to.begin(RESOURCE);
  writeAttributes(to, RESOURCE_ATTRIBUTES, attributes);
  to.end(mark);
}

function writeScope(
  to: ItemWriter,
  { name, version, attributes }: InstrumentationScope & { attributes?: object },
): void {
  const mark = to.begin(SCOPE);
  if (name) to.string(SCOPE_NAME, name);
  if (version) to.string(SCOPE_VERSION, version);
  if (attributes !== undefined) writeAttributes(to, SCOPE_ATTRIBUTES, attributes);
  to.end(mark);
}
