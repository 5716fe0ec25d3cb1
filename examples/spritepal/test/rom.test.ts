import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeTiles } from '../src/decode-tiles.js';
import { type ExtractedSheet, extractSheet } from '../src/extract-sheet.js';
import { ExtractionError } from '../src/extraction-error.js';
import { parseRom } from '../src/load-rom.js';
import { BANK_BYTES, makeRom, ROM_BYTES } from '../src/make-rom.js';
import { PALETTES } from '../src/palettes.js';
import { type DrawnSheet, drawPicture, SHEET_COUNT } from '../src/picture.js';
import { decodeHeader, encodeHeader, fromBgr555, toBgr555 } from '../src/rom-header.js';

let picture: DrawnSheet[];
let intact: Uint8Array;
let damaged: Uint8Array;

beforeAll(async () => {
  picture = [...drawPicture()];
  intact = await makeRom({ picture, damaged: false });
  damaged = await makeRom({ picture });
});

describe('the ROM image', () => {
  it('is 4 MiB and the same on every machine', () => {
    expect(intact.length).toBe(4 * 1024 * 1024);
    expect(ROM_BYTES).toBe(BANK_BYTES * (SHEET_COUNT + 1));
    // Changes with the picture, and only with it.
    expect(crc32(intact).toString(16)).toBe('6b7fd04b');
  });

  it('decodes to the pixels of the source picture, all 127 sheets', () => {
    const rom = parseRom('picture.sfc', intact);
    expect(rom.type).toBe('sfc');
    expect(rom.sheets).toHaveLength(SHEET_COUNT);
    let compared = 0;
    for (const [number, drawn] of picture.entries()) {
      const sheet = extractSheet(rom, rom.sheets[number]!);
      expect(sheet.name).toBe(drawn.name);
      expect(Buffer.compare(sheet.image.pixels, drawn.image.pixels), drawn.name).toBe(0);
      compared += sheet.image.pixels.length;
    }
    expect(compared).toBe((ROM_BYTES - BANK_BYTES) * 2);
  });

  it('keeps the palettes to the five bits a colour that the console has', () => {
    const rom = parseRom('picture.sfc', intact);
    expect(rom.palettes).toEqual(PALETTES.map((palette) => palette.map((colour) => fromBgr555(toBgr555(colour)))));
    expect(rom.palettes).toHaveLength(16);
  });

  it('uses every palette, and in every sheet at least eight colours', () => {
    const used = new Set<number>();
    for (const sheet of picture) {
      used.add(sheet.palette);
      expect(new Set(sheet.image.pixels).size, sheet.name).toBeGreaterThanOrEqual(8);
      expect(Math.max(...new Set(sheet.image.pixels)), sheet.name).toBeLessThanOrEqual(15);
    }
    expect(used.size).toBe(16);
  });

  it('fails on the damaged sheets with what is wrong, and on no other', () => {
    const rom = parseRom('picture.sfc', damaged);
    const whole = parseRom('picture.sfc', intact);
    const failures: Record<string, string> = {};
    let equal = 0;
    for (const [number, entry] of rom.sheets.entries()) {
      let sheet: ExtractedSheet;
      try {
        sheet = extractSheet(rom, entry);
      } catch (error) {
        expect(error).toBeInstanceOf(ExtractionError);
        failures[entry.name] = `${(error as ExtractionError).code}: ${(error as ExtractionError).message}`;
        continue;
      }
      const source = extractSheet(whole, whole.sheets[number]!);
      expect(Buffer.compare(sheet.image.pixels, source.image.pixels)).toBe(0);
      equal += 1;
    }
    expect(failures).toEqual({
      'world-003': expect.stringMatching(/^CHECKSUM_MISMATCH: checksum [0-9a-f]{8} instead of [0-9a-f]{8}$/),
      'monsters-044': 'PALETTE_OUT_OF_RANGE: palette 200 out of range',
      'landscape-085': 'BAD_DIMENSIONS: 1024 tiles in 0 columns',
      'lost-sheet': 'TILE_OUT_OF_RANGE: tile 12 out of range',
    });
    expect(equal).toBe(124);
  });

  it('is drawn no further when the signal comes', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(makeRom({ picture, signal: stop.signal })).rejects.toThrow('enough');
  });

  it('says which tile is out of range also when the whole sheet is', () => {
    const rom = parseRom('picture.sfc', damaged);
    const beyond = { ...rom.sheets[0]!, offset: ROM_BYTES + 4096 };
    expect(() => extractSheet(rom, beyond)).toThrow(new ExtractionError('TILE_OUT_OF_RANGE', 'tile 0 out of range'));
  });
});

describe('the header', () => {
  it('comes back as it was written', () => {
    const header = decodeHeader(intact)!;
    expect(header.title).toBe('SPRITEPAL EXAMPLE PICTURE');
    expect(decodeHeader(encodeHeader(header))).toEqual(header);
  });

  it('is not believed when a byte of palettes or directory is changed', () => {
    const size = encodeHeader(decodeHeader(intact)!).length;
    fc.assert(
      fc.property(fc.integer({ min: 64, max: size - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = intact.slice(0, BANK_BYTES);
        bytes[at]! ^= change;
        expect(decodeHeader(bytes)).toBeUndefined();
      }),
    );
  });

  it('shows names that are no plain text as question marks', () => {
    const header = decodeHeader(intact)!;
    const named = { ...header, sheets: [{ ...header.sheets[0]!, name: 'a\x1b[31m\u00e9' }] };
    expect(decodeHeader(encodeHeader(named))!.sheets[0]!.name).toBe('a?[31m?');
  });
});

describe('a file without our header', () => {
  it('is decoded as tiles from its first byte, whatever it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70_000, size: 'max' }), (bytes) => {
        const rom = parseRom('anything.bin', bytes);
        expect(rom.type).toBe('raw');
        expect(rom.sheets).toHaveLength(Math.ceil(bytes.length / BANK_BYTES));
        for (const [number, entry] of rom.sheets.entries()) {
          const sheet = extractSheet(rom, entry);
          const source = decodeTiles(bytes.subarray(number * BANK_BYTES, (number + 1) * BANK_BYTES), 32);
          expect(sheet.image.width).toBe(256);
          expect(Buffer.compare(sheet.image.pixels, source.pixels)).toBe(0);
          const isLast = number === rom.sheets.length - 1;
          expect(sheet.missingBytes).toBe(isLast ? (32 - (bytes.length % 32)) % 32 : 0);
          expect(sheet.palette[15]).toBe(0xffffff);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('skips the 512 bytes that copiers put before an image', () => {
    const bytes = new Uint8Array(BANK_BYTES + 512);
    expect(parseRom('dump.smc', bytes).sheets).toMatchObject([{ offset: 512, tiles: 1024 }]);
    expect(parseRom('dump.bin', bytes).sheets).toMatchObject([{ offset: 0 }, { offset: BANK_BYTES, tiles: 16 }]);
  });

  it('holds any directory to its bounds, also one that was made to harm', () => {
    const header = decodeHeader(intact)!;
    const entry = fc.record({
      name: fc.string({ maxLength: 24 }),
      offset: fc.integer({ min: 0, max: 0xffffffff }),
      tiles: fc.integer({ min: 0, max: 0xffff }),
      columns: fc.integer({ min: 0, max: 255 }),
      palette: fc.integer({ min: 0, max: 255 }),
      spritePixels: fc.integer({ min: 0, max: 0xffff }),
      checksum: fc.integer({ min: 0, max: 0xffffffff }),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (sheets) => {
        const rom = parseRom('harm.sfc', encodeHeader({ ...header, sheets }));
        expect(rom.type).toBe('sfc');
        for (const sheet of rom.sheets) expect(() => extractSheet(rom, sheet)).toThrow(ExtractionError);
      }),
      { numRuns: 500 },
    );
  });
});
