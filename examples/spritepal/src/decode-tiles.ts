import { TILE_BYTES, TILE_PIXELS } from './encode-tiles.js';
import { blankImage, type IndexedImage } from './indexed-image.js';

/**
 * Decodes 4bpp planar tiles into a picture `columns` tiles wide. A last row that is not full stays transparent where
 * tiles are missing, and a tile that is cut off reads zeros for the bytes it lacks.
 */
export function decodeTiles(bytes: Uint8Array, columns: number): IndexedImage {
  const tiles = Math.ceil(bytes.length / TILE_BYTES);
  const image = blankImage(columns * TILE_PIXELS, Math.ceil(tiles / columns) * TILE_PIXELS);
  const whole = Math.floor(bytes.length / TILE_BYTES);
  for (let tile = 0; tile < whole; tile++) decodeTile(bytes, tile * TILE_BYTES, image, tile, columns);
  if (whole < tiles) {
    const padded = new Uint8Array(TILE_BYTES);
    padded.set(bytes.subarray(whole * TILE_BYTES));
    decodeTile(padded, 0, image, whole, columns);
  }
  return image;
}

function decodeTile(bytes: Uint8Array, at: number, image: IndexedImage, tile: number, columns: number): void {
  const { pixels, width } = image;
  let out = Math.floor(tile / columns) * TILE_PIXELS * width + (tile % columns) * TILE_PIXELS;
  for (let row = 0; row < TILE_PIXELS; row++) {
    const plane0 = bytes[at + row * 2]!;
    const plane1 = bytes[at + row * 2 + 1]!;
    const plane2 = bytes[at + row * 2 + 16]!;
    const plane3 = bytes[at + row * 2 + 17]!;
    for (let x = 0; x < TILE_PIXELS; x++) {
      const bit = 7 - x;
      pixels[out + x] =
        ((plane0 >> bit) & 1) |
        (((plane1 >> bit) & 1) << 1) |
        (((plane2 >> bit) & 1) << 2) |
        (((plane3 >> bit) & 1) << 3);
    }
    out += width;
  }
}
