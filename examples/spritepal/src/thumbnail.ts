import type { ExtractedSheet } from './extract-sheet.js';

/** Width and height of a thumbnail in pixels. */
export const THUMBNAIL_PIXELS = 64;

/** A small picture in true colour: three bytes a pixel. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** What shows through where a sheet is transparent. */
export const BACKDROP = 0x2b3a4a;

/**
 * Shrinks a sheet. One large picture is averaged down as a whole; of small sprites, which would become dots, the
 * thumbnail shows the upper left quarter of the sheet at half size.
 */
export function makeThumbnail(sheet: ExtractedSheet): Thumbnail {
  const { image } = sheet;
  const wide = Math.max(image.width, image.height);
  const shown = sheet.sprites > 4 && wide > 2 * THUMBNAIL_PIXELS ? Math.ceil(wide / 2) : wide;
  const step = Math.max(1, Math.ceil(shown / THUMBNAIL_PIXELS));
  const colours = sheet.palette.map((colour, index) => (index === 0 ? BACKDROP : colour));
  const rgb = new Uint8Array(THUMBNAIL_PIXELS * THUMBNAIL_PIXELS * 3);
  for (let y = 0; y < THUMBNAIL_PIXELS; y++) {
    for (let x = 0; x < THUMBNAIL_PIXELS; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let dy = 0; dy < step; dy++) {
        for (let dx = 0; dx < step; dx++) {
          const px = x * step + dx;
          const py = y * step + dy;
          const inside = px < image.width && py < image.height;
          const colour = inside ? (colours[image.pixels[py * image.width + px]!] ?? BACKDROP) : BACKDROP;
          red += colour >> 16;
          green += (colour >> 8) & 255;
          blue += colour & 255;
        }
      }
      const at = (y * THUMBNAIL_PIXELS + x) * 3;
      rgb[at] = red / (step * step);
      rgb[at + 1] = green / (step * step);
      rgb[at + 2] = blue / (step * step);
    }
  }
  return { width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS, rgb };
}
