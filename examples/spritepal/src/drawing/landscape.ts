import { type IndexedImage, plot } from '../indexed-image.js';
import { layeredNoise } from './noise.js';
import { type Random, randomFrom } from './random.js';

const SUN = 6;
const SNOW = 7;
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** Draws a view over water: a dithered sky, two ranges of mountains, hills with trees, and all of it mirrored below. */
export function drawLandscape(sheet: IndexedImage, seed: number, stars: boolean): void {
  const { height } = sheet;
  const random = randomFrom(seed, 77);
  const shore = Math.round(height * random.between(0.66, 0.74));
  drawSky(sheet, seed, shore, random);
  if (stars) drawStars(sheet, shore, random);
  drawRange(sheet, { seed: seed + 11, lit: 8, dark: 9, foot: shore, base: 0.42, rise: 0.42, scale: 46, snow: 14 });
  drawRange(sheet, { seed: seed + 23, lit: 10, dark: 11, foot: shore, base: 0.26, rise: 0.36, scale: 34, snow: 5 });
  drawHills(sheet, seed + 37, shore, random);
  mirrorInWater(sheet, seed + 53, shore);
  drawBank(sheet, seed + 71, random);
}

function dither(x: number, y: number): number {
  return (BAYER[(y & 3) * 4 + (x & 3)]! + 0.5) / 16;
}

function drawSky(sheet: IndexedImage, seed: number, shore: number, random: Random): void {
  const sunX = random.between(0.2, 0.8) * sheet.width;
  const sunY = random.between(0.14, 0.42) * shore;
  const sunRadius = random.between(9, 17);
  const cover = random.between(0.54, 0.64);
  for (let y = 0; y < shore; y++) {
    for (let x = 0; x < sheet.width; x++) {
      const tone = (y / shore) * 4.2;
      const band = Math.min(4, Math.floor(tone + dither(x, y) * 0.9 - 0.2));
      let colour = 1 + Math.max(0, band);
      const distance = Math.sqrt((x - sunX) ** 2 + (y - sunY) ** 2);
      if (distance < sunRadius) colour = SUN;
      else if (distance < sunRadius + 5 && dither(x, y) > 0.55) colour = Math.min(5, colour + 1);
      const cloud = layeredNoise(x / 44, y / 13, seed, 4) - Math.abs(y / shore - 0.4) * 0.16;
      if (cloud > cover) colour = cloud > cover + 0.07 ? SNOW : Math.min(5, colour + 1 + (dither(x, y) > 0.5 ? 1 : 0));
      plot(sheet, x, y, colour);
    }
  }
}

/** Stars show where the sky is darkest. */
function drawStars(sheet: IndexedImage, shore: number, random: Random): void {
  for (let star = 0; star < 90; star++) {
    const x = random.below(sheet.width);
    const y = random.below(Math.round(shore * 0.4));
    if (sheet.pixels[y * sheet.width + x] === 1) plot(sheet, x, y, star % 3 === 0 ? SNOW : 4);
  }
}

interface Range {
  seed: number;
  lit: number;
  dark: number;
  foot: number;
  base: number;
  rise: number;
  scale: number;
  snow: number;
}

/** A ridge whose faces lie in light or shadow by the slope above them, moved aside a little with depth. */
function drawRange(sheet: IndexedImage, range: Range): void {
  const margin = 128;
  const ridge = Float64Array.from({ length: sheet.width + 2 * margin }, (_, at) => {
    const sharp = 1 - Math.abs(layeredNoise((at - margin) / range.scale, 3.5, range.seed, 4) * 2 - 1);
    return range.foot * (1 - range.base * 0.55 - range.rise * (sharp - 0.5));
  });
  const snowy = range.foot * (1 - range.base * 0.55 - range.rise * 0.12);
  for (let x = 0; x < sheet.width; x++) {
    const top = Math.round(ridge[x + margin]!);
    const snowLine = range.snow * (0.55 + layeredNoise(x / 7, 0.5, range.seed + 9, 2));
    for (let y = Math.max(0, top); y < range.foot; y++) {
      const depth = y - top;
      const aside = Math.round(depth * (layeredNoise(x / 18, y / 26, range.seed + 5, 2) - 0.5) * 1.5);
      const at = Math.min(ridge.length - 3, Math.max(2, x + margin + aside));
      const lit = ridge[at - 2]! > ridge[at + 2]! - 0.4;
      if (top < snowy && depth < snowLine) plot(sheet, x, y, lit ? SNOW : 5);
      else plot(sheet, x, y, lit ? range.lit : range.dark);
    }
  }
}

function drawHills(sheet: IndexedImage, seed: number, shore: number, random: Random): void {
  const crest = (x: number) => Math.round(shore - 6 - layeredNoise(x / 60, 1.5, seed, 3) * 34);
  for (let x = 0; x < sheet.width; x++) {
    const top = crest(x);
    for (let y = top; y < shore; y++) {
      const shade = layeredNoise(x / 22, y / 9, seed + 3, 3) + (y - top) / 60;
      plot(sheet, x, y, shade + dither(x, y) * 0.16 > 0.68 ? 13 : 12);
    }
  }
  const trees = 30 + random.below(50);
  for (let tree = 0; tree < trees; tree++) {
    const x = random.below(sheet.width);
    // Woods: trees stand where the noise is high.
    if (layeredNoise(x / 30, 7.5, seed, 2) < 0.45) continue;
    drawPine(sheet, x, crest(x) + 3 + random.below(8), 7 + random.below(9), 14);
  }
}

/** A pine as a stack of widening triangles. */
function drawPine(sheet: IndexedImage, x: number, foot: number, height: number, colour: number): void {
  for (let row = 0; row < height; row++) {
    const tier = row % 4;
    const half = Math.floor((row / height) * (height * 0.28)) + (tier === 3 ? 1 : 0) - (tier === 0 && row > 0 ? 1 : 0);
    for (let dx = -half; dx <= half; dx++) plot(sheet, x + dx, foot - height + row, colour);
  }
  plot(sheet, x, foot, 15);
}

function mirrorInWater(sheet: IndexedImage, seed: number, shore: number): void {
  for (let y = shore; y < sheet.height; y++) {
    const depth = y - shore;
    // Perspective: waves are longer and farther apart the nearer they are.
    const shift = Math.round((layeredNoise(0.5, y / 1.7, seed, 2) - 0.5) * (2 + depth / 7));
    for (let x = 0; x < sheet.width; x++) {
      const from = Math.max(0, shore - 1 - Math.round(depth * 1.25));
      const colour = sheet.pixels[from * sheet.width + Math.min(sheet.width - 1, Math.max(0, x + shift))]!;
      const wave = layeredNoise(x / (14 + depth / 3), y / (1.2 + depth / 40), seed + 7, 2);
      const light = wave > 0.69 ? Math.min(5, 3 + (depth >> 5)) : wave < 0.3 ? 2 : colour;
      plot(sheet, x, y, depth === 0 ? 15 : light);
    }
  }
}

/** The near bank: grass and reeds in the corner, against the water. */
function drawBank(sheet: IndexedImage, seed: number, random: Random): void {
  const fromRight = random.chance(0.5);
  for (let x = 0; x < sheet.width; x++) {
    const along = (fromRight ? sheet.width - 1 - x : x) / sheet.width;
    const thickness = Math.round(26 * (1 - along * 1.7) + layeredNoise(x / 14, 2.5, seed, 3) * 8);
    const blade = Math.round(layeredNoise(x / 1.3, 9.5, seed, 1) * 6);
    for (let row = 0; row < thickness + (thickness > 3 ? blade : 0); row++) plot(sheet, x, sheet.height - 1 - row, 15);
  }
  const edge = fromRight ? sheet.width - 30 : 26;
  for (let tree = 0; tree < 3; tree++) {
    drawPine(sheet, edge + (tree - 1) * 15 + random.below(6), sheet.height - 18, 40 + random.below(34), 15);
  }
}
