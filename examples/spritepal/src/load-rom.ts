import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { TILE_BYTES } from './encode-tiles.js';
import { GREYS, type Palette } from './palettes.js';
import { decodeHeader, type SheetEntry } from './rom-header.js';

/** How the sheets of a file are found: by our header's directory, or every 32 KiB from the beginning. */
export type RomType = 'sfc' | 'raw';

/** A ROM image in memory. */
export interface Rom {
  /** The file's name without its folder. */
  readonly name: string;
  readonly type: RomType;
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly palettes: readonly Palette[];
  readonly sheets: readonly SheetEntry[];
}

/** The most that is read of a file: eight times the largest cartridge. What follows is left out. */
export const MAX_ROM_BYTES = 64 * 1024 * 1024;

const RAW_COLUMNS = 32;
const RAW_TILES = 1024;
const COPIER_HEADER_BYTES = 512;
const COPIER_EXTENSIONS = new Set(['.smc', '.swc', '.fig', '.sfc']);

/** A file that cannot be used as a ROM image, with a reason for a person to read. */
export class RomFileError extends Error {
  override readonly name = 'RomFileError';
}

/**
 * Reads a ROM image from a file.
 *
 * @throws RomFileError when it cannot be read, is no regular file or is empty
 */
export async function loadRom(path: string): Promise<Rom> {
  return parseRom(basename(path), await readRom(path));
}

/** Finds the sheets in a file's bytes. Total: any bytes give a ROM. */
export function parseRom(name: string, bytes: Uint8Array): Rom {
  const header = decodeHeader(bytes);
  if (header !== undefined && header.sheets.length > 0) return { name, type: 'sfc', bytes, ...header };
  return { name, type: 'raw', title: name, bytes, palettes: [GREYS], sheets: rawSheets(name, bytes.length) };
}

function rawSheets(name: string, size: number): SheetEntry[] {
  // Copiers put 512 bytes of their own before the image, which shows in the size.
  const copied = COPIER_EXTENSIONS.has(extname(name).toLowerCase()) && size % 1024 === COPIER_HEADER_BYTES;
  const sheets: SheetEntry[] = [];
  for (let offset = copied && size > 1024 ? COPIER_HEADER_BYTES : 0; offset < size; offset += RAW_TILES * TILE_BYTES) {
    sheets.push({
      name: `bank-${String(sheets.length).padStart(3, '0')}`,
      offset,
      tiles: Math.min(RAW_TILES, Math.ceil((size - offset) / TILE_BYTES)),
      columns: RAW_COLUMNS,
      palette: 0,
      spritePixels: 8,
    });
  }
  return sheets;
}

async function readRom(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      // A pipe or a device would end never, or only once.
      if (!stat.isFile()) throw new RomFileError(`cannot read ${path}: it is not a regular file`);
      const bytes = new Uint8Array(Math.min(stat.size, MAX_ROM_BYTES));
      let size = 0;
      while (size < bytes.length) {
        const { bytesRead } = await file.read(bytes, size, bytes.length - size, size);
        if (bytesRead === 0) break;
        size += bytesRead;
      }
      if (size === 0) throw new RomFileError(`cannot read ${path}: it is empty`);
      return bytes.subarray(0, size);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof RomFileError) throw error;
    throw new RomFileError(`cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
};

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return REASONS[code] ?? code;
}
