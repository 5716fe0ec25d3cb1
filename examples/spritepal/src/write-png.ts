import { writeFile } from 'node:fs/promises';
import { encode } from 'fast-png';
import type { ExtractedSheet } from './extract-sheet.js';
import type { Thumbnail } from './thumbnail.js';

/** A sheet as a PNG of 16 indexed colours, four bits a pixel; colour 0 is transparent and the name is its title. */
export function sheetToPng(sheet: Pick<ExtractedSheet, 'image' | 'palette' | 'name'>): Uint8Array {
  const { width, height, pixels } = sheet.image;
  const rowBytes = Math.ceil(width / 2);
  const data = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 2) {
      const at = y * width + x;
      const right = x + 1 < width ? pixels[at + 1]! : 0;
      data[y * rowBytes + (x >> 1)] = (pixels[at]! << 4) | right;
    }
  }
  const palette = sheet.palette.map((colour, index) => [
    colour >> 16,
    (colour >> 8) & 255,
    colour & 255,
    index === 0 ? 0 : 255,
  ]);
  return encode({ width, height, data, depth: 4, channels: 1, palette, text: { Title: sheet.name } });
}

/** A thumbnail or gallery as a PNG in true colour. */
export function thumbnailToPng(thumbnail: Thumbnail): Uint8Array {
  const { width, height, rgb } = thumbnail;
  return encode({ width, height, data: rgb, depth: 8, channels: 3 });
}

/**
 * Writes a PNG file over the one that was there.
 *
 * @returns its size in bytes
 * @throws what the file system says: ENOSPC, EACCES and the like
 */
export async function writePng(path: string, png: Uint8Array): Promise<number> {
  await writeFile(path, png);
  return png.length;
}
