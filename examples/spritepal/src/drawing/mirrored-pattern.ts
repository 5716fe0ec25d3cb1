import type { Random } from './random.js';

/**
 * A pattern that is the same left and right: random cells that a few rounds of a cellular rule gather into spots.
 *
 * @param density how many cells begin alive, 0 to 1; 0 gives an empty pattern
 * @returns one byte a cell, 1 where the pattern is
 */
export function mirroredPattern(size: number, random: Random, density: number, rounds = 2): Uint8Array {
  const half = size / 2;
  let cells = new Uint8Array(half * size);
  for (let at = 0; at < cells.length; at++) cells[at] = random.chance(density) ? 1 : 0;
  for (let round = 0; round < rounds; round++) cells = gather(cells, half, size);
  const pattern = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < half; x++) {
      pattern[y * size + x] = cells[y * half + x]!;
      pattern[y * size + size - 1 - x] = cells[y * half + x]!;
    }
  }
  return pattern;
}

/** A cell lives when at least five of the nine in and around it do; beyond the middle it sees its mirror. */
function gather(cells: Uint8Array, half: number, size: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(cells.length);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < half; x++) {
      let alive = 0;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const nx = x + dx === half ? half - 1 : x + dx;
          const ny = y + dy;
          if (nx >= 0 && ny >= 0 && ny < size) alive += cells[ny * half + nx]!;
        }
      }
      next[y * half + x] = alive >= 5 ? 1 : 0;
    }
  }
  return next;
}
