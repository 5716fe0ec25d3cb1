import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32, crc32Hex } from '../../src/files/crc32.js';
import { decodeLine, encodeLine, MAX_LINE_BYTES } from '../../src/files/line.js';

const encoded = (value: unknown) => encodeLine(JSON.stringify(value)) as Buffer;

it("is the CRC-32 of Node's zlib", () => {
  expect(crc32Hex(Buffer.from('123456789'))).toBe('cbf43926');
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
    }),
  );
});

it('a line is CRC, length in bytes and text', () => {
  expect(encoded(['ä']).toString()).toBe('92f7e6f5 6 ["ä"]\n'.replace('92f7e6f5', crc32Hex(Buffer.from('["ä"]'))));
});

it('what was written is read, line after line', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
      const bytes = Buffer.concat(values.map(encoded));
      let offset = 0;
      for (const value of values) {
        const line = decodeLine(bytes, offset);
        if ('bad' in line) throw new Error(line.bad);
        expect(line.record).toEqual(JSON.parse(JSON.stringify(value)));
        offset = line.end;
      }
      expect(offset).toBe(bytes.length);
    }),
  );
});

it('a line that was cut is torn wherever that was', () => {
  const bytes = encoded({ key: 'value', count: 5 });
  for (let length = 0; length < bytes.length; length += 1) {
    expect(decodeLine(bytes.subarray(0, length), 0)).toEqual({ bad: 'torn' });
  }
});

it('a line in which any bit was turned is not read', () => {
  const bytes = encoded({ key: 'value', count: 5 });
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const copy = Buffer.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
    expect(decodeLine(copy, 0)).toHaveProperty('bad');
  }
});

it('is total on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeLine(Buffer.from(bytes), 0)).toBeDefined();
    }),
  );
});

it('a line that is too long is not written', () => {
  expect(encodeLine('x'.repeat(MAX_LINE_BYTES))).toBeInstanceOf(Buffer);
  expect(encodeLine('x'.repeat(MAX_LINE_BYTES + 1))).toBeUndefined();
});
