import { type IndexedImage, plot } from '../indexed-image.js';
import { layeredNoise } from './noise.js';
import { hash, type Random, randomFrom } from './random.js';

/** Colours of the palette by the letters of the stamps. */
const LETTERS: Readonly<Record<string, number>> = {
  d: 9,
  l: 10,
  b: 11,
  r: 12,
  s: 13,
  w: 14,
  o: 15,
  y: 4,
  g: 6,
  k: 11,
};

const TREE = ['..dddd..', '.dlllgd.', 'dllgglld', 'dlllllld', 'ddlllldd', '.dddddd.', '...bb...', '...bb...'];
const PINE = ['...dd...', '...dld..', '..dlld..', '..dldd..', '.dllldd.', '.ddlddd.', '...bb...', '........'];
const PEAK = [
  '......w.......',
  '.....www......',
  '.....wwws.....',
  '....wwrws.....',
  '....rwrrss....',
  '...rrrrwss....',
  '...rrrrrsss...',
  '..rrrsrrssss..',
  '..rrrrrsrsss..',
  '.rrsrrrssssss.',
  '.rrrrrrsrssss.',
  'rrrrrsrrssssss',
];
const HILL = ['...rr...', '..rrrs..', '.rrrrss.', '.rrsrss.', 'rrrrssss', 'rrrrrsss'];
const HOUSE = ['...oo...', '..oooo..', '.oooooo.', 'oooooooo', '.wwwwww.', '.wbwywb.', '.wbwwww.', '........'];
const CASTLE = ['w.w..w.w', 'wwwwwwww', '.ww..ww.', '.wwwwww.', '.wwrrww.', 'wwrbbrww', 'wwrbbrww', 'ssssssss'];

/** Draws a world seen from above: seas, beaches, meadows, woods, mountains with snow, and a few towns. */
export function drawWorldMap(sheet: IndexedImage, seed: number): void {
  const land = (x: number, y: number) => layeredNoise(x / 62, y / 62, seed, 5);
  const damp = (x: number, y: number) => layeredNoise(x / 36, y / 36, seed + 31, 3);
  for (let y = 0; y < sheet.height; y++) {
    for (let x = 0; x < sheet.width; x++) plot(sheet, x, y, groundColour(land(x, y), damp(x, y), x, y));
  }
  const random = randomFrom(seed, 5);
  for (let y = 0; y < sheet.height; y += 8) {
    for (let x = 0; x < sheet.width; x += 8) {
      const height = land(x + 4, y + 4);
      const wet = damp(x + 4, y + 4);
      if (height > 0.635) drawMountain(sheet, x, y, height, random);
      else if (height > 0.53 && wet > 0.54) stamp(sheet, x, y, height > 0.59 ? PINE : TREE);
      else if (height > 0.55 && height < 0.62 && wet < 0.47 && random.chance(0.045)) {
        stamp(sheet, x, y, random.chance(0.3) ? CASTLE : HOUSE);
      }
    }
  }
}

/** Mountains overlap from the back to the front; rows are shifted and each stands a little aside, so that no grid shows. */
function drawMountain(sheet: IndexedImage, x: number, y: number, height: number, random: Random): void {
  const aside = ((y >> 3) & 1) * 4 + random.below(4) - 5;
  if (height > 0.66) {
    if ((x & 8) === (y & 8) || random.chance(0.25)) stamp(sheet, x + aside, y - 4 + random.below(3), PEAK);
  } else stamp(sheet, x + aside + 2, y + random.below(3), HILL);
}

function groundColour(height: number, damp: number, x: number, y: number): number {
  if (height < 0.4) return waves(x, y) ? 2 : 1;
  if (height < 0.47) return waves(x, y) ? 3 : 2;
  if (height < 0.485) return 3;
  if (height < 0.5) return 4;
  if (height < 0.515) return (hash(x, y, 3) & 7) === 0 ? 5 : 4;
  if (height > 0.65) return 13;
  if (height > 0.625) return (hash(x, y, 4) & 3) === 0 ? 13 : 8;
  const tuft = hash(x >> 1, y, 9) % 23;
  if (damp > 0.52) return tuft < 3 ? 8 : 7;
  return tuft === 0 ? 8 : tuft < 3 ? 7 : 6;
}

/** Short crests in rows that are shifted against each other. */
function waves(x: number, y: number): boolean {
  const row = y >> 2;
  return (y & 3) === 1 && (x + (row & 1) * 8 + (hash(row) & 3)) % 16 < 4;
}

function stamp(sheet: IndexedImage, left: number, top: number, rows: readonly string[]): void {
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      const colour = LETTERS[row[x]!];
      if (colour !== undefined) plot(sheet, left + x, top + y, colour);
    }
  }
}
