import { hash } from './random.js';

const unit = (x: number, y: number, seed: number) => hash(x, y, seed) / 4294967296;
const smooth = (t: number) => t * t * (3 - 2 * t);

/** Smooth noise from 0 to 1 with one hill or valley about every unit of x and y. */
export function noise(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = smooth(x - left);
  const down = smooth(y - top);
  const upper = unit(left, top, seed) * (1 - across) + unit(left + 1, top, seed) * across;
  const lower = unit(left, top + 1, seed) * (1 - across) + unit(left + 1, top + 1, seed) * across;
  return upper * (1 - down) + lower * down;
}

/** Noise with finer noise on top, `octaves` layers of it, from 0 to 1. */
export function layeredNoise(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  let weight = 0;
  let amplitude = 1;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += noise(x * scale, y * scale, seed + octave) * amplitude;
    weight += amplitude;
    amplitude /= 2;
    scale *= 2;
  }
  return sum / weight;
}
