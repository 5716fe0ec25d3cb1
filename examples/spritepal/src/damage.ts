import type { RomHeader, SheetEntry } from './rom-header.js';

/** The name of the directory's last entry in a damaged ROM, which lies partly beyond the end of the file. */
export const LOST_SHEET = 'lost-sheet';

/**
 * Spoils a ROM in the ways in which real dumps are spoiled, so that some sheets cannot be extracted: in sheet 3 of the
 * directory bits are flipped, sheet 44 names a palette that is not there, sheet 85 has its tiles in no columns, and one
 * more entry points beyond the end of the file, so that its tile 12 is out of range.
 *
 * @param rom changed in place: the flipped bits
 * @returns the header with the spoiled entries
 */
export function damage(rom: Uint8Array, header: RomHeader): RomHeader {
  const sheets = [...header.sheets];
  const flipped = sheets[3];
  if (flipped !== undefined) {
    for (let at = 0; at < 96; at++) rom[flipped.offset + 4096 + at]! ^= 0x5a;
  }
  spoil(sheets, 44, { palette: 200 });
  spoil(sheets, 85, { columns: 0 });
  sheets.push({
    name: LOST_SHEET,
    offset: rom.length - 12 * 32,
    tiles: 1024,
    columns: 32,
    palette: 0,
    spritePixels: 16,
    checksum: 0,
  });
  return { ...header, sheets };
}

function spoil(sheets: SheetEntry[], number: number, change: Partial<SheetEntry>): void {
  const sheet = sheets[number];
  if (sheet !== undefined) sheets[number] = { ...sheet, ...change };
}
