import { crc32 } from 'node:zlib';
import type { Palette } from './palettes.js';

/**
 * The header that the ROM image of this example begins with, in the console's byte order (low byte first):
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 8 | `SPRITPAL` |
 * | 8 | 2 | version of this layout, 1 |
 * | 10 | 2 | palettes |
 * | 12 | 2 | entries of the directory |
 * | 14 | 2 | 0 |
 * | 16 | 4 | CRC-32 of palettes and directory |
 * | 20 | 4 | 0 |
 * | 24 | 40 | title, ASCII, filled up with spaces |
 * | 64 | 32 each | palettes: 16 colours of 2 bytes, 5 bits each for red (lowest), green and blue |
 * | then | 40 each | directory: name (24, ASCII, filled up with 0), offset (4), tiles (2), columns (1), palette (1), |
 * | | | sprite size in pixels (2), 0 (2), CRC-32 of the sheet's tiles (4) |
 */
export interface RomHeader {
  readonly title: string;
  readonly palettes: readonly Palette[];
  readonly sheets: readonly SheetEntry[];
}

/** One line of the directory: where a sheet's tiles are and how they lie. */
export interface SheetEntry {
  readonly name: string;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  readonly tiles: number;
  readonly columns: number;
  readonly palette: number;
  readonly spritePixels: number;
  /** CRC-32 of the tiles; undefined where the file has no directory to hold one. */
  readonly checksum?: number;
}

const MAGIC = 'SPRITPAL';
const VERSION = 1;
const PALETTES_AT = 64;
const PALETTE_BYTES = 32;
const ENTRY_BYTES = 40;
const TITLE_BYTES = 40;
const NAME_BYTES = 24;

/** The header as bytes. */
export function encodeHeader(header: RomHeader): Uint8Array {
  const directoryAt = PALETTES_AT + header.palettes.length * PALETTE_BYTES;
  const bytes = Buffer.alloc(directoryAt + header.sheets.length * ENTRY_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt16LE(VERSION, 8);
  bytes.writeUInt16LE(header.palettes.length, 10);
  bytes.writeUInt16LE(header.sheets.length, 12);
  bytes.write(header.title.padEnd(TITLE_BYTES).slice(0, TITLE_BYTES), 24, 'latin1');
  for (const [number, palette] of header.palettes.entries()) {
    for (let index = 0; index < 16; index++) {
      bytes.writeUInt16LE(toBgr555(palette[index] ?? 0), PALETTES_AT + number * PALETTE_BYTES + index * 2);
    }
  }
  for (const [number, sheet] of header.sheets.entries()) {
    const at = directoryAt + number * ENTRY_BYTES;
    bytes.write(sheet.name.slice(0, NAME_BYTES), at, 'latin1');
    bytes.writeUInt32LE(sheet.offset, at + 24);
    bytes.writeUInt16LE(sheet.tiles, at + 28);
    bytes.writeUInt8(sheet.columns, at + 30);
    bytes.writeUInt8(sheet.palette, at + 31);
    bytes.writeUInt16LE(sheet.spritePixels, at + 32);
    bytes.writeUInt32LE(sheet.checksum ?? 0, at + 36);
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(PALETTES_AT)), 16);
  return bytes;
}

/** Reads the header, or gives undefined when the file does not begin with one that is whole. */
export function decodeHeader(rom: Uint8Array): RomHeader | undefined {
  if (rom.length < PALETTES_AT) return undefined;
  const bytes = Buffer.from(rom.buffer, rom.byteOffset, rom.byteLength);
  if (bytes.toString('latin1', 0, 8) !== MAGIC || bytes.readUInt16LE(8) !== VERSION) return undefined;
  const directoryAt = PALETTES_AT + bytes.readUInt16LE(10) * PALETTE_BYTES;
  const end = directoryAt + bytes.readUInt16LE(12) * ENTRY_BYTES;
  if (end > bytes.length || crc32(bytes.subarray(PALETTES_AT, end)) !== bytes.readUInt32LE(16)) return undefined;
  const palettes: Palette[] = [];
  for (let at = PALETTES_AT; at < directoryAt; at += PALETTE_BYTES) {
    palettes.push(Array.from({ length: 16 }, (_, index) => fromBgr555(bytes.readUInt16LE(at + index * 2))));
  }
  const sheets: SheetEntry[] = [];
  for (let at = directoryAt; at < end; at += ENTRY_BYTES) {
    sheets.push({
      name: printable(bytes.toString('latin1', at, at + NAME_BYTES)),
      offset: bytes.readUInt32LE(at + 24),
      tiles: bytes.readUInt16LE(at + 28),
      columns: bytes.readUInt8(at + 30),
      palette: bytes.readUInt8(at + 31),
      spritePixels: bytes.readUInt16LE(at + 32),
      checksum: bytes.readUInt32LE(at + 36),
    });
  }
  return { title: printable(bytes.toString('latin1', 24, 24 + TITLE_BYTES)).trim(), palettes, sheets };
}

/** A colour of 0xRRGGBB in the console's 15 bits. */
export function toBgr555(colour: number): number {
  return ((colour >> 19) & 31) | (((colour >> 11) & 31) << 5) | (((colour >> 3) & 31) << 10);
}

/** The console's 15 bits as 0xRRGGBB; the high bits fill the low ones, so that white stays white. */
export function fromBgr555(colour: number): number {
  const widen = (five: number) => (five << 3) | (five >> 2);
  return (widen(colour & 31) << 16) | (widen((colour >> 5) & 31) << 8) | widen((colour >> 10) & 31);
}

/** Names go into file metadata and onto terminals: what is not plain ASCII becomes a question mark. */
function printable(text: string): string {
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).replace(/[^\x20-\x7e]/g, '?');
}
