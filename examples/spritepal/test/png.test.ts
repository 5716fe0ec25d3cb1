import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { makeGallery } from '../src/gallery.js';
import { blankImage } from '../src/indexed-image.js';
import { GREYS, PALETTES } from '../src/palettes.js';
import { drawSheet } from '../src/picture.js';
import { BACKDROP, makeThumbnail } from '../src/thumbnail.js';
import { sheetToPng, thumbnailToPng, writePng } from '../src/write-png.js';

/** The picture's pixels in the packed form in which a PNG of four bits holds them. */
function unpack(data: ArrayLike<number>, width: number): number[] {
  const rowBytes = Math.ceil(width / 2);
  const pixels: number[] = [];
  for (let at = 0; at < data.length; at++) {
    pixels.push(data[at]! >> 4);
    if ((at % rowBytes) * 2 + 1 < width) pixels.push(data[at]! & 15);
  }
  return pixels;
}

describe('PNG files', () => {
  it('hold the pixels, the palette and the name of a sheet', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spritepal-png-'));
    try {
      const drawn = drawSheet(0);
      const path = join(folder, 'sheet.png');
      const size = await writePng(path, sheetToPng({ ...drawn, palette: PALETTES[drawn.palette]! }));
      const file = await readFile(path);
      expect(file.length).toBe(size);
      const png = decode(file);
      expect([png.width, png.height, png.depth]).toEqual([256, 256, 4]);
      expect(unpack(png.data, 256)).toEqual([...drawn.image.pixels]);
      expect(png.text).toEqual({ Title: 'monsters-000' });
      const colours = png.palette!.map((colour) => (colour[0]! << 16) | (colour[1]! << 8) | colour[2]!);
      expect(colours).toEqual(PALETTES[drawn.palette]);
      expect(png.palette!.map((colour) => colour[3])).toEqual([0, ...Array(15).fill(255)]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('hold a picture of odd width', () => {
    const image = blankImage(3, 2);
    image.pixels.set([1, 2, 3, 4, 5, 6]);
    const png = decode(sheetToPng({ image, palette: GREYS, name: 'odd' }));
    expect(unpack(png.data, 3)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('thumbnails', () => {
  const sheet = (image = blankImage(256, 256), sprites = 1) => ({
    ...{ name: 'a', image, palette: GREYS, sprites, checksum: 0, missingBytes: 0 },
  });

  it('average the pixels that they stand for', () => {
    const image = blankImage(256, 256);
    image.pixels.fill(15);
    for (let x = 0; x < 4; x++) image.pixels[x] = 5; // one row of the first 4 x 4 pixels
    const { rgb } = makeThumbnail(sheet(image));
    expect(rgb[0]).toBe(Math.floor((4 * 0x55 + 12 * 0xff) / 16));
    expect(rgb[3]).toBe(255);
  });

  it('show the backdrop where a sheet is transparent or ends', () => {
    const { rgb } = makeThumbnail(sheet(blankImage(256, 8)));
    expect((rgb[0]! << 16) | (rgb[1]! << 8) | rgb[2]!).toBe(BACKDROP);
    expect((rgb.at(-3)! << 16) | (rgb.at(-2)! << 8) | rgb.at(-1)!).toBe(BACKDROP);
  });

  it('of small sprites show a quarter of the sheet', () => {
    const image = blankImage(256, 256);
    image.pixels[2] = 15;
    const near = makeThumbnail(sheet(image, 64)).rgb;
    expect(near[3]).toBeGreaterThan(near[6]!);
  });

  it('stand in a gallery, the first in the upper left, and no more than fit', () => {
    const white = blankImage(256, 256);
    white.pixels.fill(15);
    const thumbnail = makeThumbnail(sheet(white));
    const gallery = makeGallery(Array(30).fill(thumbnail));
    expect([gallery.width, gallery.height]).toEqual([412, 276]);
    const png = decode(thumbnailToPng(gallery));
    expect(png.data[(4 * 412 + 4) * 3]).toBe(255);
    expect(png.data[0]).not.toBe(255);
  });
});
