import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ItemWriter, WrittenItem } from './item-writer.js';
import { NO_SLAB } from './slabs.js';

/** What every span and log record says of where it comes from. */
export interface ItemOrigin {
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
}

/**
 * A span or log record that was written as it ended. Queued as bytes it is a tenth of the objects it was made of, which
 * a Collector that is down would otherwise keep alive by the thousand.
 */
export interface EncodedItem extends ItemOrigin, WrittenItem {}

/** The objects of an item, in bytes. */
const ITEM_BYTES = 120;
/** Objects that are kept for the next items: a full queue and the batch under way, by their default sizes. */
const MAX_SPARE = 2560;

/** About what an item holds, in bytes, the objects around it among them. */
export function itemBytes({ start, end }: WrittenItem): number {
  return end - start + ITEM_BYTES;
}

/** Writes items of one signal in one protocol. */
export class ItemEncoder<Item extends ItemOrigin> {
  /**
   * Objects of items that have left. An item lives until its batch is answered, longer than V8 thinks of the young: made
   * anew each time they would make it double its young generation, at a load of tens of thousands a second by 16 MB.
   */
  readonly #spare: { -readonly [Key in keyof EncodedItem]: EncodedItem[Key] }[] = [];

  constructor(
    private readonly writer: ItemWriter,
    private readonly write: (writer: ItemWriter, item: Item) => void,
  ) {}

  /** Throws for an item that cannot be written. The object is good until it is released. */
  encode(item: Item): EncodedItem {
    const { resource, instrumentationScope } = item;
    const encoded = this.#spare.pop() ?? { resource, instrumentationScope, slab: NO_SLAB, start: 0, end: 0 };
    encoded.resource = resource;
    encoded.instrumentationScope = instrumentationScope;
    this.writer.item(this.write, item, encoded);
    return encoded;
  }

  /** Takes the memory of items back that have left or were given up. */
  release(items: readonly EncodedItem[]): void {
    for (const item of items) {
      this.writer.release(item);
      if (this.#spare.length < MAX_SPARE) this.#spare.push(item);
    }
  }
}
