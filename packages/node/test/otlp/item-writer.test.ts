import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemWriter, type WrittenItem, writtenApart } from '../../src/otlp/item-writer.js';

const bytesOf = ({ slab, start, end }: WrittenItem) => Buffer.from(slab.bytes.subarray(start, end));

describe('items', () => {
  it('stand end to end, whatever their sizes are, and none changes another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.boolean()), { minLength: 1, maxLength: 12 }),
        (plan) => {
          const writer = new ItemWriter();
          const held: { item: WrittenItem; size: number; fill: number }[] = [];
          for (const [index, [size, isReleased]] of plan.entries()) {
            const fill = index + 1;
            const item = writer.item((to) => to.raw(new Uint8Array(size).fill(fill)), undefined);
            held.push({ item, size, fill });
            if (isReleased) writer.release(held.shift()!.item);
            for (const kept of held) {
              expect(bytesOf(kept.item).equals(Buffer.alloc(kept.size, kept.fill))).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('that throw leave nothing behind', () => {
    const writer = new ItemWriter();
    const before = writer.item((to) => to.text('before'), undefined);
    const torn = () =>
      writer.item((to) => {
        to.text('torn');
        throw new Error('no');
      }, undefined);
    expect(torn).toThrow('no');
    const after = writer.item((to) => to.text('after'), undefined);
    expect(after.start).toBe(before.end);
    expect([before, after].map((item) => bytesOf(item).toString())).toEqual(['before', 'after']);
  });

  it('use memory again once they are released', () => {
    const writer = new ItemWriter();
    const slabs = new Set<unknown>();
    for (let round = 0; round < 200; round += 1) {
      const items = Array.from({ length: 20 }, () => writer.item((to) => to.raw(new Uint8Array(1000)), undefined));
      for (const item of items) slabs.add(item.slab);
      for (const item of items) writer.release(item);
    }
    expect(slabs.size).toBeLessThanOrEqual(2);
  });
});

describe('fields with a length', () => {
  it.each([0, 1, 127, 128, 16_383, 16_384, 100_000])('of %d bytes say it in the shortest way, nested too', (length) => {
    const content = new Uint8Array(length).fill(7);
    const bytes = writtenApart((to) => {
      const outer = to.begin(0x0a);
      const inner = to.begin(0x12);
      to.raw(content);
      to.end(inner);
      to.end(outer);
    }, undefined);
    const inner = Buffer.concat([Buffer.from([0x12, ...varint(length)]), content]);
    expect(Buffer.from(bytes).equals(Buffer.concat([Buffer.from([0x0a, ...varint(inner.length)]), inner]))).toBe(true);
  });

  it('hold any text as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const bytes = Buffer.from(writtenApart((to) => to.string(0x0a, text), undefined));
        const utf8 = Buffer.from(text, 'utf8');
        expect(bytes.equals(Buffer.concat([Buffer.from([0x0a, ...varint(utf8.length)]), utf8]))).toBe(true);
      }),
    );
  });
});

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
