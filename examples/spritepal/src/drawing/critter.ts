import type { IndexedImage } from '../indexed-image.js';
import { plot } from '../indexed-image.js';
import { mirroredPattern } from './mirrored-pattern.js';
import { randomFrom } from './random.js';

const SIZE = 8;
const OUTLINE = 1;
const WHITE = 14;

/** Draws one critter of 8 pixels: a mirrored cellular pattern in two shades with a pair of eyes. */
export function drawCritter(sheet: IndexedImage, left: number, top: number, seed: number): void {
  const random = randomFrom(seed, SIZE);
  const ramp = 2 + random.below(3) * 4;
  const raw = mirroredPattern(SIZE, random, 0.55, 0);
  const eyeY = 2 + random.below(2);
  const eyeX = 2 + random.below(2);
  const solid = (x: number, y: number) => {
    if (x < 1 || x > 6 || y < 1 || y > 6) return false;
    // A full middle keeps the critter in one piece.
    return (
      raw[y * SIZE + x] === 1 || ((x === 3 || x === 4) && y < 6) || y === eyeY || (y === eyeY + 1 && x > 1 && x < 6)
    );
  };
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      if (solid(x, y)) plot(sheet, left + x, top + y, ramp + (y < 3 ? 3 : y < 5 ? 2 : 1));
      else if (solid(x - 1, y) || solid(x + 1, y) || solid(x, y - 1) || solid(x, y + 1)) {
        plot(sheet, left + x, top + y, OUTLINE);
      }
    }
  }
  for (const x of [eyeX, SIZE - 1 - eyeX]) {
    plot(sheet, left + x, top + eyeY, WHITE);
    plot(sheet, left + x, top + eyeY + 1, OUTLINE);
  }
}
