import type { IndexedImage } from '../indexed-image.js';
import { plot } from '../indexed-image.js';
import { type Plan, planCreature } from './creature-plan.js';
import { mirroredPattern } from './mirrored-pattern.js';
import { type Random, randomFrom } from './random.js';

const OUTLINE = 1;
const WHITE = 14;
const ACCENT = 15;
const shadeOf = (ramp: number, shade: number) => 2 + ramp * 4 + shade;

/** Draws one creature of `size` (16 or 32) pixels: rounded parts lit from the upper left, an outline, eyes and a mouth. */
export function drawCreature(sheet: IndexedImage, left: number, top: number, size: number, seed: number): void {
  const random = randomFrom(seed, size);
  const plan = planCreature(random);
  const colours = shadeParts(plan, size, random);
  outline(colours, size);
  drawFace(colours, plan, size, random);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) plot(sheet, left + x, top + y, colours[y * size + x]!);
  }
}

/** The parts are half-balls: the one that stands out furthest wins the pixel, and its slope gives the shade. */
function shadeParts(plan: Plan, size: number, random: Random): Uint8Array {
  const colours = new Uint8Array(size * size);
  const heights = new Float64Array(size * size).fill(-1);
  const pattern = mirroredPattern(size, random, plan.spots);
  const inner = size - 2;
  for (const part of plan.parts) {
    const cx = 1 + part.x * inner;
    const cy = 1 + part.y * inner;
    const rx = Math.max(part.rx * inner, 0.75);
    const ry = Math.max(part.ry * inner, 0.75);
    for (let y = Math.max(1, Math.floor(cy - ry)); y <= Math.min(size - 2, Math.ceil(cy + ry)); y++) {
      for (let x = Math.max(1, Math.floor(cx - rx)); x <= Math.min(size - 2, Math.ceil(cx + rx)); x++) {
        const u = (x + 0.5 - cx) / rx;
        const v = (y + 0.5 - cy) / ry;
        const distance = part.square ? Math.max(u * u * u * u + v * v * v * v, 0) : u * u + v * v;
        if (distance >= 1) continue;
        const slope = Math.sqrt(1 - distance);
        const height = part.z * inner + slope * Math.min(rx, ry);
        const at = y * size + x;
        if (height <= heights[at]!) continue;
        // A step to a much lower part is drawn as an edge, else limbs melt into the body.
        const light = slope * 0.62 - u * 0.42 - v * 0.66;
        const shade = light > 0.82 ? 3 : light > 0.38 ? 2 : light > -0.12 ? 1 : 0;
        const ramp = part.patterned && pattern[at] === 1 ? plan.spotRamp : part.ramp;
        heights[at] = height;
        colours[at] = shadeOf(ramp, shade);
      }
    }
  }
  return colours;
}

function outline(colours: Uint8Array, size: number): void {
  const body = colours.slice();
  const solid = (x: number, y: number) => x >= 0 && y >= 0 && x < size && y < size && body[y * size + x]! > OUTLINE;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (solid(x, y)) continue;
      if (solid(x - 1, y) || solid(x + 1, y) || solid(x, y - 1) || solid(x, y + 1)) colours[y * size + x] = OUTLINE;
    }
  }
}

function drawFace(colours: Uint8Array, plan: Plan, size: number, random: Random): void {
  const put = (x: number, y: number, colour: number) => {
    const at = y * size + x;
    if (x >= 0 && y >= 0 && x < size && y < size && colours[at]! > OUTLINE) colours[at] = colour;
  };
  const large = size >= 32;
  const middle = size / 2;
  const eyeY = Math.round(1 + plan.eyeY * (size - 2));
  const width = large ? 3 + random.below(2) : 2;
  const height = large ? width + random.below(2) : 2;
  const gap = Math.max(1, Math.round(plan.eyeGap * size));
  const look = random.below(3) - 1;
  const oneEye = plan.eyes === 1;
  const starts = oneEye ? [middle - width] : [middle - gap - width, middle + gap];
  const eyeWidth = oneEye ? width * 2 : width;
  for (const start of starts) {
    for (let y = 0; y < height; y++) for (let x = 0; x < eyeWidth; x++) put(start + x, eyeY + y, WHITE);
    if (large) {
      // Round corners, and a pupil two wide with a glint.
      for (const x of [0, eyeWidth - 1]) for (const y of [-1, height]) put(start + x, eyeY + y, OUTLINE);
      for (let x = 0; x < eyeWidth; x++) put(start + x, eyeY - 1, OUTLINE);
      const pupil = start + Math.round((eyeWidth - 2) / 2) + look * (eyeWidth > 3 ? 1 : 0);
      for (let y = 1; y < height; y++) for (let x = 0; x < 2; x++) put(pupil + x, eyeY + y, OUTLINE);
      put(pupil, eyeY + 1, plan.glow ? ACCENT : WHITE);
    } else {
      const pupil = oneEye ? start + 1 : start + (look > 0 ? 1 : 0);
      for (let x = 0; x < (oneEye ? 2 : 1); x++) put(pupil + x, eyeY + 1, OUTLINE);
    }
  }
  const mouthY = eyeY + height + (large ? 2 : 1);
  const half = large ? 2 + random.below(3) : 1 + random.below(2);
  if (plan.mouth === 'none') return;
  for (let x = -half; x < half; x++) put(middle + x, mouthY, OUTLINE);
  if (plan.mouth === 'smile') for (const x of [-half - 1, half]) put(middle + x, mouthY - 1, OUTLINE);
  if (plan.mouth === 'fangs') for (const x of [-half, half - 1]) put(middle + x, mouthY + 1, WHITE);
  if (plan.mouth === 'open' && large) {
    for (let x = -half + 1; x < half - 1; x++) put(middle + x, mouthY + 1, shadeOf(plan.spotRamp, 1));
    for (let x = -half + 1; x < half - 1; x++) put(middle + x, mouthY + 2, OUTLINE);
  }
}
