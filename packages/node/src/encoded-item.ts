import type { InstrumentationScope } from '@opentelemetry/core';
import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { attributesJson, optionalJson } from './otlp-json.js';

/**
 * A span or log record that was written as it ended. Queued as bytes it is a tenth of the objects it was made of, which
 * a Collector that is down would otherwise keep alive by the thousand.
 */
export interface EncodedItem {
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  /** OTLP/JSON of the item alone. */
  readonly json: Uint8Array;
}

/** About what a span or log record holds that is queued as it is, in bytes, measured on Node 20 with three attributes. */
export const UNENCODED_BYTES = 1000;
/** The objects around an encoded item. */
const ITEM_BYTES = 200;

/** About what an encoded item holds, in bytes. */
export function encodedBytes({ json }: EncodedItem): number {
  return json.byteLength + ITEM_BYTES;
}

/** How the request of a signal is built around its items. */
export interface Envelope {
  readonly resources: 'resourceSpans' | 'resourceLogs';
  readonly scopes: 'scopeSpans' | 'scopeLogs';
  readonly items: 'spans' | 'logRecords';
}

type Grouped = Map<Resource, Map<InstrumentationScope, Uint8Array[]>>;

const COMMA = Buffer.from(',');

/** Writes batches of encoded items as one request; reads answers as `official` does. */
export function encodedSerializer<Response>(
  { resources, scopes, items }: Envelope,
  official: Pick<ISerializer<never, Response>, 'deserializeResponse'>,
): ISerializer<EncodedItem[], Response> {
  return {
    deserializeResponse: (data) => official.deserializeResponse(data),
    serializeRequest: (batch) => {
      const parts: Uint8Array[] = [];
      const text = (json: string) => void parts.push(Buffer.from(json));
      text(`{"${resources}":[`);
      for (const [resource, byScope] of separated(group(batch), text)) {
        text(`{"resource":{"attributes":${attributesJson(resource.attributes)},"droppedAttributesCount":0`);
        text(`${optionalJson('schemaUrl', resource.schemaUrl || undefined)}},"${scopes}":[`);
        for (const [scope, encoded] of separated(byScope, text)) {
          text(`{"scope":${scopeJson(scope)},"${items}":[`);
          for (const [index, json] of encoded.entries()) {
            if (index > 0) parts.push(COMMA);
            parts.push(json);
          }
          text(`]${optionalJson('schemaUrl', scope.schemaUrl)}}`);
        }
        text(`]${optionalJson('schemaUrl', resource.schemaUrl || undefined)}}`);
      }
      text(']}');
      return Buffer.concat(parts);
    },
  };
}

function group(batch: readonly EncodedItem[]): Grouped {
  const grouped: Grouped = new Map();
  for (const { resource, instrumentationScope, json } of batch) {
    const byScope = grouped.get(resource) ?? new Map<InstrumentationScope, Uint8Array[]>();
    grouped.set(resource, byScope);
    const items = byScope.get(instrumentationScope);
    if (items === undefined) byScope.set(instrumentationScope, [json]);
    else items.push(json);
  }
  return grouped;
}

function scopeJson({ name, version, attributes }: InstrumentationScope & { attributes?: object }): string {
  const more =
    attributes === undefined || Object.keys(attributes).length === 0
      ? ''
      : `,"attributes":${attributesJson(attributes)},"droppedAttributesCount":0`;
  return `{"name":${JSON.stringify(name)}${optionalJson('version', version)}${more}}`;
}

/** The entries, with a comma written before each but the first. */
function* separated<K, V>(entries: Iterable<[K, V]>, text: (json: string) => void): Iterable<[K, V]> {
  let isFirst = true;
  for (const entry of entries) {
    if (!isFirst) text(',');
    isFirst = false;
    yield entry;
  }
}
