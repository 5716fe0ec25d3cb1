import type { IndexedImage } from './indexed-image.js';

/** Bytes of one tile: 8 x 8 pixels of four bits. */
export const TILE_BYTES = 32;

/** Width and height of a tile in pixels. */
export const TILE_PIXELS = 8;

/**
 * Cuts a picture into tiles, row after row, each as the console stores them: of every pixel row first the bits 0 and 1
 * (one byte each, the leftmost pixel in the highest bit), 16 bytes in all, then in the same way the bits 2 and 3.
 *
 * @throws RangeError when width or height is not a multiple of 8
 */
export function encodeTiles(image: IndexedImage): Uint8Array {
  const { width, height, pixels } = image;
  if (width % TILE_PIXELS !== 0 || height % TILE_PIXELS !== 0) {
    throw new RangeError(`a picture of ${width} x ${height} pixels does not divide into tiles of 8 x 8`);
  }
  const bytes = new Uint8Array((width * height) / 2);
  let at = 0;
  for (let top = 0; top < height; top += TILE_PIXELS) {
    for (let left = 0; left < width; left += TILE_PIXELS) {
      for (let row = 0; row < TILE_PIXELS; row++) {
        const start = (top + row) * width + left;
        let plane0 = 0;
        let plane1 = 0;
        let plane2 = 0;
        let plane3 = 0;
        for (let x = 0; x < TILE_PIXELS; x++) {
          const colour = pixels[start + x]!;
          plane0 = (plane0 << 1) | (colour & 1);
          plane1 = (plane1 << 1) | ((colour >> 1) & 1);
          plane2 = (plane2 << 1) | ((colour >> 2) & 1);
          plane3 = (plane3 << 1) | ((colour >> 3) & 1);
        }
        bytes[at + row * 2] = plane0;
        bytes[at + row * 2 + 1] = plane1;
        bytes[at + row * 2 + 16] = plane2;
        bytes[at + row * 2 + 17] = plane3;
      }
      at += TILE_BYTES;
    }
  }
  return bytes;
}
