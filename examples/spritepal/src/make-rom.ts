import { realpathSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { damage } from './damage.js';
import { encodeTiles, TILE_BYTES, TILE_PIXELS } from './encode-tiles.js';
import { makeFolder } from './make-folder.js';
import { PALETTES } from './palettes.js';
import { type DrawnSheet, drawPicture, SHEET_PIXELS } from './picture.js';
import { encodeHeader, type RomHeader, type SheetEntry } from './rom-header.js';

/** Size of the ROM image: 4 MiB, or 131,072 tiles. */
export const ROM_BYTES = 4 * 1024 * 1024;

/** Size of a bank: the header has the first, each sheet one of the others. */
export const BANK_BYTES = 32 * 1024;

/** What may be said about a ROM image to make. */
export interface MakeRomOptions {
  /** Spoils a few sheets so that their extraction fails; true when left out. */
  readonly damaged?: boolean;
  /** Sheets that were drawn before; left out, the picture is drawn now. */
  readonly picture?: Iterable<DrawnSheet>;
  /** Ends the drawing. */
  readonly signal?: AbortSignal;
}

/**
 * Draws the picture and encodes it as a ROM image. Other work gets its turn after every sheet.
 *
 * @throws the signal's reason when it ended the drawing
 */
export async function makeRom(options: MakeRomOptions = {}): Promise<Uint8Array> {
  const rom = new Uint8Array(ROM_BYTES);
  const sheets: SheetEntry[] = [];
  for (const sheet of options.picture ?? drawPicture()) {
    const offset = (sheets.length + 1) * BANK_BYTES;
    const tiles = encodeTiles(sheet.image);
    rom.set(tiles, offset);
    sheets.push({
      name: sheet.name,
      offset,
      tiles: tiles.length / TILE_BYTES,
      columns: SHEET_PIXELS / TILE_PIXELS,
      palette: sheet.palette,
      spritePixels: sheet.spritePixels,
      checksum: crc32(tiles),
    });
    await setImmediate();
    options.signal?.throwIfAborted();
  }
  const intact: RomHeader = { title: 'SPRITEPAL EXAMPLE PICTURE', palettes: PALETTES, sheets };
  rom.fill(0xff, 0, BANK_BYTES);
  rom.set(encodeHeader(options.damaged === false ? intact : damage(rom, intact)), 0);
  return rom;
}

/** Writes a file so that a reader sees the old one or the new one, never a half. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** `node dist/make-rom.js [FILE]` writes the image without starting anything else. */
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const path = process.argv[2] ?? 'spritepal.sfc';
  makeRom()
    .then((rom) => writeWhole(path, rom))
    .then(() => console.log(`${path}: ${ROM_BYTES} bytes`));
}
