import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { EncodedItem } from './encoded-item.js';
import type { WrittenItem } from './item-writer.js';

/** The items of one scope of a resource, in the order they came in. */
export interface ScopeItems {
  readonly scope: InstrumentationScope;
  readonly items: EncodedItem[];
}

/** The items of one resource, by scope. */
export interface ResourceItems {
  readonly resource: Resource;
  readonly scopes: readonly ScopeItems[];
}

/** A piece of a request: bytes of its own, or items that stand in slabs. */
export type RequestPart = Uint8Array | readonly WrittenItem[];

/** Groups a batch as OTLP does: by resource, then by scope. Most batches have one of the first and few of the second. */
export function groupItems(batch: readonly EncodedItem[]): ResourceItems[] {
  const groups = new Map<Resource, ScopeGroups>();
  for (const item of batch) {
    let group = groups.get(item.resource);
    if (group === undefined) {
      group = new ScopeGroups();
      groups.set(item.resource, group);
    }
    group.add(item);
  }
  return [...groups].map(([resource, { scopes }]) => ({ resource, scopes }));
}

/** Scopes are told apart by what they say; the same object is known again without reading it. */
class ScopeGroups {
  readonly scopes: ScopeItems[] = [];
  readonly #byScope = new Map<InstrumentationScope, ScopeItems>();
  readonly #byText = new Map<string, ScopeItems>();

  add(item: EncodedItem): void {
    const { instrumentationScope: scope } = item;
    let group = this.#byScope.get(scope);
    if (group === undefined) {
      group = this.#find(scope);
      this.#byScope.set(scope, group);
    }
    group.items.push(item);
  }

  #find(scope: InstrumentationScope): ScopeItems {
    const { name, version, schemaUrl, attributes } = scope as InstrumentationScope & { attributes?: object };
    const text = JSON.stringify([name, version || '', schemaUrl || '', attributes ?? {}]);
    let group = this.#byText.get(text);
    if (group === undefined) {
      group = { scope, items: [] };
      this.#byText.set(text, group);
      this.scopes.push(group);
    }
    return group;
  }
}

/** Bytes of parts, all together. */
export function partsLength(parts: readonly RequestPart[]): number {
  let length = 0;
  for (const part of parts) length += part instanceof Uint8Array ? part.length : itemsLength(part);
  return length;
}

/** Bytes of items, all together. */
export function itemsLength(items: readonly WrittenItem[]): number {
  let length = 0;
  for (const { start, end } of items) length += end - start;
  return length;
}

/** The parts as one request. Items that stand end to end in a slab are copied at once. */
export function joinParts(parts: readonly RequestPart[]): Buffer {
  const request = Buffer.allocUnsafe(partsLength(parts));
  let at = 0;
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      request.set(part, at);
      at += part.length;
    } else {
      at += copyItems(part, request, at);
    }
  }
  return request;
}

function copyItems(items: readonly WrittenItem[], target: Buffer, from: number): number {
  let at = from;
  for (let index = 0; index < items.length; ) {
    const { slab, start, end: firstEnd } = items[index]!;
    let end = firstEnd;
    for (index += 1; index < items.length; index += 1) {
      const next = items[index]!;
      if (next.slab !== slab || next.start !== end) break;
      end = next.end;
    }
    at += slab.bytes.copy(target, at, start, end);
  }
  return at - from;
}
