import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTiles } from '../src/decode-tiles.js';
import { encodeTiles } from '../src/encode-tiles.js';
import { blankImage } from '../src/indexed-image.js';

const picture = fc
  .record({ columns: fc.integer({ min: 1, max: 9 }), rows: fc.integer({ min: 1, max: 9 }) })
  .chain(({ columns, rows }) => {
    const size = columns * rows * 64;
    return fc
      .uint8Array({ minLength: size, maxLength: size })
      .map((bytes) => ({ width: columns * 8, height: rows * 8, pixels: bytes.map((byte) => byte & 15) }));
  });

describe('4bpp planar tiles', () => {
  it('puts each bit of a colour where the console looks for it', () => {
    const image = blankImage(8, 8);
    image.pixels[0] = 0b0001; // row 0, leftmost: bit 0 is in byte 0, highest bit
    image.pixels[1 * 8 + 7] = 0b0010; // row 1, rightmost: bit 1 is in byte 3, lowest bit
    image.pixels[2 * 8 + 3] = 0b0100; // row 2: bit 2 is in byte 16 + 4
    image.pixels[7 * 8 + 0] = 0b1000; // row 7: bit 3 is in the last byte
    const expected = new Uint8Array(32);
    expected[0] = 0x80;
    expected[3] = 0x01;
    expected[20] = 0x10;
    expected[31] = 0x80;
    expect(encodeTiles(image)).toEqual(expected);
    expect(decodeTiles(expected, 1)).toEqual(image);
  });

  it('gives any picture back after encoding', () => {
    fc.assert(
      fc.property(picture, (image) => {
        const decoded = decodeTiles(encodeTiles(image), image.width / 8);
        expect(decoded.width).toBe(image.width);
        expect(decoded.height).toBe(image.height);
        expect(Buffer.compare(decoded.pixels, image.pixels)).toBe(0);
      }),
    );
  });

  it('gives any whole tiles back after decoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32 * 6, maxLength: 32 * 6 }), (bytes) => {
        expect(Buffer.compare(encodeTiles(decodeTiles(bytes, 3)), bytes)).toBe(0);
      }),
    );
  });

  it('reads zeros for the bytes that a cut tile lacks', () => {
    const bytes = new Uint8Array(33).fill(0xff);
    const image = decodeTiles(bytes, 1);
    expect([image.width, image.height]).toEqual([8, 16]);
    expect([...image.pixels.subarray(0, 64)]).toEqual(Array(64).fill(15));
    expect([...image.pixels.subarray(64, 72)]).toEqual(Array(8).fill(1));
    expect([...image.pixels.subarray(72)]).toEqual(Array(56).fill(0));
  });

  it('refuses a picture that does not divide into tiles', () => {
    expect(() => encodeTiles(blankImage(12, 8))).toThrow(RangeError);
  });
});
