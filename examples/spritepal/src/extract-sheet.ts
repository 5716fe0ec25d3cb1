import { crc32 } from 'node:zlib';
import { decodeTiles } from './decode-tiles.js';
import { TILE_BYTES } from './encode-tiles.js';
import { ExtractionError } from './extraction-error.js';
import type { IndexedImage } from './indexed-image.js';
import type { Rom } from './load-rom.js';
import type { Palette } from './palettes.js';
import type { SheetEntry } from './rom-header.js';

/** A sheet that was taken out of a ROM. */
export interface ExtractedSheet {
  readonly name: string;
  readonly image: IndexedImage;
  readonly palette: Palette;
  /** Sprites that the sheet has room for. */
  readonly sprites: number;
  /** CRC-32 of the tiles, by which two versions of a sheet are told apart. */
  readonly checksum: number;
  /** Bytes that the last tile lacks, where a file without a directory ends inside a tile; else 0. */
  readonly missingBytes: number;
}

/**
 * Decodes one sheet of a ROM.
 *
 * @throws ExtractionError when the directory's entry or the tiles are damaged
 */
export function extractSheet(rom: Rom, entry: SheetEntry): ExtractedSheet {
  const { offset, tiles, columns } = entry;
  if (columns === 0 || tiles === 0 || tiles % columns !== 0) {
    // A file that is cut anywhere ends inside a row; a directory has no such excuse.
    if (rom.type === 'sfc') throw new ExtractionError('BAD_DIMENSIONS', `${tiles} tiles in ${columns} columns`);
  }
  const palette = rom.palettes[entry.palette];
  if (palette === undefined) {
    throw new ExtractionError('PALETTE_OUT_OF_RANGE', `palette ${entry.palette} out of range`);
  }
  const end = offset + tiles * TILE_BYTES;
  const missingBytes = Math.max(0, end - rom.bytes.length);
  if (missingBytes > 0 && (rom.type === 'sfc' || missingBytes >= TILE_BYTES)) {
    const tile = Math.max(0, Math.floor((rom.bytes.length - offset) / TILE_BYTES));
    throw new ExtractionError('TILE_OUT_OF_RANGE', `tile ${tile} out of range`);
  }
  const bytes = rom.bytes.subarray(offset, end);
  const checksum = crc32(bytes);
  if (entry.checksum !== undefined && entry.checksum !== checksum) {
    throw new ExtractionError('CHECKSUM_MISMATCH', `checksum ${hex(checksum)} instead of ${hex(entry.checksum)}`);
  }
  const image = decodeTiles(bytes, columns);
  return { name: entry.name, image, palette, sprites: countSprites(image, entry), checksum, missingBytes };
}

function countSprites(image: IndexedImage, entry: SheetEntry): number {
  const size = Math.max(8, entry.spritePixels);
  return Math.max(1, Math.floor(image.width / size) * Math.floor(image.height / size));
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}
