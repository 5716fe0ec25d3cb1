import { drawCreature } from './drawing/creature.js';
import { drawCritter } from './drawing/critter.js';
import { drawLandscape } from './drawing/landscape.js';
import { drawWorldMap } from './drawing/world-map.js';
import { blankImage, type IndexedImage } from './indexed-image.js';
import { DARK_SKIES, PALETTE_RANGES } from './palettes.js';

/** Width and height of a sheet in pixels: 32 x 32 tiles, 32 KiB, one bank of the console's memory map. */
export const SHEET_PIXELS = 256;

/** Sheets in the picture: with the bank of the header they make 4 MiB. */
export const SHEET_COUNT = 127;

/** One sheet of the picture: its name, palette, the size of its sprites in pixels, and its pixels. */
export interface DrawnSheet {
  readonly name: string;
  readonly palette: number;
  readonly spritePixels: number;
  readonly image: IndexedImage;
}

type Kind = 'creatures' | 'monsters' | 'critters' | 'landscape' | 'world';

/** The kinds take turns, so that every batch of eight shows something of each. */
const TURNS: readonly Kind[] = [
  'monsters',
  'landscape',
  'creatures',
  'world',
  'monsters',
  'landscape',
  'critters',
  'creatures',
];

const SPRITE_PIXELS: Readonly<Record<Kind, number>> = {
  monsters: 32,
  creatures: 16,
  critters: 8,
  landscape: 256,
  world: 256,
};

/** Draws one sheet of the picture. The same number always gives the same pixels. */
export function drawSheet(number: number): DrawnSheet {
  const kind = TURNS[number % TURNS.length]!;
  const spritePixels = SPRITE_PIXELS[kind];
  const palette = paletteOf(kind, number);
  const image = blankImage(SHEET_PIXELS, SHEET_PIXELS);
  if (kind === 'landscape') drawLandscape(image, number, DARK_SKIES.has(palette));
  else if (kind === 'world') drawWorldMap(image, number);
  else drawSprites(image, number, spritePixels);
  return { name: `${kind}-${String(number).padStart(3, '0')}`, palette, spritePixels, image };
}

/** Draws the whole picture, sheet after sheet; take them one at a time to keep memory low. */
export function* drawPicture(): Generator<DrawnSheet> {
  for (let number = 0; number < SHEET_COUNT; number++) yield drawSheet(number);
}

function drawSprites(image: IndexedImage, number: number, size: number): void {
  const across = SHEET_PIXELS / size;
  for (let row = 0; row < across; row++) {
    for (let column = 0; column < across; column++) {
      const seed = number * 4096 + row * across + column;
      if (size === 8) drawCritter(image, column * size, row * size, seed);
      else drawCreature(image, column * size, row * size, size, seed);
    }
  }
}

/** Sheets of one kind go through the palettes that suit them in turn. */
function paletteOf(kind: Kind, number: number): number {
  const range = PALETTE_RANGES[kind === 'landscape' || kind === 'world' ? kind : 'creatures'];
  const round = Math.floor(number / TURNS.length);
  const turns = TURNS.filter((other) => other === kind).length;
  const earlier = TURNS.slice(0, number % TURNS.length).filter((other) => other === kind).length;
  return range.first + ((round * turns + earlier + TURNS.indexOf(kind)) % range.count);
}
