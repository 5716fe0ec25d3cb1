import type { InstrumentationScope } from '@opentelemetry/core';
import type { EncodedItem } from './encoded-item.js';
import { groupItems, joinParts, type RequestPart } from './encoded-request.js';
import type { ItemWriter, WrittenItem } from './item-writer.js';
import { attributesJson, optionalJson } from './json-values.js';

/** How the request of a signal is built around its items, by the names of OTLP/JSON. */
export interface JsonEnvelope {
  readonly resources: 'resourceSpans' | 'resourceLogs';
  readonly scopes: 'scopeSpans' | 'scopeLogs';
  readonly items: 'spans' | 'logRecords';
}

/** Writes an item's JSON with the comma before it that all but the first of a scope have. */
export function jsonItem<T>(json: (item: T) => string): (writer: ItemWriter, item: T) => void {
  return (writer, item) => writer.text(`,${json(item)}`);
}

/** Writes batches of items, which `jsonItem` wrote, as one request of OTLP/JSON. */
export function jsonRequest({ resources, scopes, items }: JsonEnvelope): (batch: readonly EncodedItem[]) => Uint8Array {
  return (batch) => {
    const parts: RequestPart[] = [];
    let text = `{"${resources}":[`;
    for (const [index, { resource, scopes: scopeItems }] of groupItems(batch).entries()) {
      const schemaUrl = optionalJson('schemaUrl', resource.schemaUrl || undefined);
      if (index > 0) text += ',';
      text += `{"resource":{"attributes":${attributesJson(resource.attributes)},"droppedAttributesCount":0`;
      text += `${schemaUrl}},"${scopes}":[`;
      for (const [at, { scope, items: encoded }] of scopeItems.entries()) {
        if (at > 0) text += ',';
        text += `{"scope":${scopeJson(scope)},"${items}":[`;
        parts.push(Buffer.from(text), withoutComma(encoded));
        text = `]${optionalJson('schemaUrl', scope.schemaUrl)}}`;
      }
      text += `]${schemaUrl}}`;
    }
    parts.push(Buffer.from(`${text}]}`));
    return joinParts(parts);
  };
}

function withoutComma([first, ...others]: readonly EncodedItem[]): WrittenItem[] {
  return [{ slab: first!.slab, start: first!.start + 1, end: first!.end }, ...others];
}

function scopeJson({ name, version, attributes }: InstrumentationScope & { attributes?: object }): string {
  const more =
    attributes === undefined || Object.keys(attributes).length === 0
      ? ''
      : `,"attributes":${attributesJson(attributes)},"droppedAttributesCount":0`;
  return `{"name":${JSON.stringify(name)}${optionalJson('version', version)}${more}}`;
}
