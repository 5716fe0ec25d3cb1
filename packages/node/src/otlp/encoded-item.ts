import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ItemWriter, WrittenItem } from './item-writer.js';

/** What every span and log record says of where it comes from. */
export interface ItemOrigin {
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
}

/**
 * A span or log record that was written as it ended. Queued as bytes it is a tenth of the objects it was made of, which
 * a Collector that is down would otherwise keep alive by the thousand.
 */
export class EncodedItem implements ItemOrigin, WrittenItem {
  readonly slab: WrittenItem['slab'];
  readonly start: number;
  readonly end: number;

  constructor(
    readonly resource: Resource,
    readonly instrumentationScope: InstrumentationScope,
    { slab, start, end }: WrittenItem,
  ) {
    this.slab = slab;
    this.start = start;
    this.end = end;
  }

  /** About what it holds, in bytes, the objects around it among them. */
  get memoryBytes(): number {
    return this.end - this.start + ITEM_BYTES;
  }
}

const ITEM_BYTES = 120;

/** Writes items of one signal in one protocol. */
export class ItemEncoder<Item extends ItemOrigin> {
  constructor(
    private readonly writer: ItemWriter,
    private readonly write: (writer: ItemWriter, item: Item) => void,
  ) {}

  /** Throws for an item that cannot be written. */
  encode(item: Item): EncodedItem {
    return new EncodedItem(item.resource, item.instrumentationScope, this.writer.item(this.write, item));
  }

  /** Takes the memory of items back that have left or were given up. */
  release(items: readonly EncodedItem[]): void {
    for (const item of items) this.writer.release(item);
  }
}
