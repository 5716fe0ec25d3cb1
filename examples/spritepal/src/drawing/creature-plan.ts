import type { Random } from './random.js';

/** A rounded part: its middle and radii as shares of the sprite, how far it stands out, and its ramp of colours. */
export interface Part {
  x: number;
  y: number;
  rx: number;
  ry: number;
  z: number;
  ramp: number;
  square?: boolean;
  patterned?: boolean;
}

/** What a creature is made of, before it has pixels. */
export interface Plan {
  parts: Part[];
  eyeY: number;
  eyeGap: number;
  eyes: 1 | 2;
  mouth: 'none' | 'line' | 'smile' | 'fangs' | 'open';
  glow: boolean;
  spots: number;
  spotRamp: number;
}

type Body = (random: Random, ramps: readonly [number, number, number]) => { parts: Part[]; eyeY: number };

/** The same part on the left and on the right. */
function pair(part: Part): Part[] {
  return [part, { ...part, x: 1 - part.x }];
}

const blob: Body = (random, [main, second]) => {
  const height = random.between(0.26, 0.38);
  const y = 0.96 - height;
  const parts: Part[] = [
    { x: 0.5, y, rx: random.between(0.34, 0.46), ry: height, z: 0.3, ramp: main, patterned: true },
    { x: 0.5, y: 0.86, rx: 0.46, ry: 0.13, z: 0.24, ramp: main },
  ];
  if (random.chance(0.6)) parts.push({ x: 0.5, y: y - height, rx: 0.1, ry: 0.16, z: 0.2, ramp: main });
  if (random.chance(0.4)) parts.push({ x: 0.5, y: y - height - 0.08, rx: 0.08, ry: 0.08, z: 0.4, ramp: second });
  return { parts, eyeY: y - 0.1 };
};

const biped: Body = (random, [main, second, third]) => {
  const headY = random.between(0.28, 0.34);
  const headWidth = random.between(0.24, 0.36);
  const parts: Part[] = [
    { x: 0.5, y: 0.68, rx: random.between(0.2, 0.3), ry: 0.2, z: 0.2, ramp: main, patterned: true },
    { x: 0.5, y: 0.72, rx: 0.13, ry: 0.13, z: 0.32, ramp: second },
    { x: 0.5, y: headY, rx: headWidth, ry: random.between(0.2, 0.26), z: 0.35, ramp: main },
    ...pair({ x: 0.5 - random.between(0.24, 0.32), y: 0.66, rx: 0.09, ry: 0.15, z: 0.25, ramp: main }),
    ...pair({ x: 0.5 - random.between(0.12, 0.2), y: 0.91, rx: 0.12, ry: 0.09, z: 0.28, ramp: third }),
    ...ears(random, headWidth, headY, third),
  ];
  return { parts, eyeY: headY - 0.04 };
};

const bat: Body = (random, [main, second, third]) => {
  const y = random.between(0.46, 0.54);
  const parts: Part[] = [
    { x: 0.5, y, rx: 0.22, ry: random.between(0.24, 0.3), z: 0.35, ramp: main, patterned: true },
    { x: 0.5, y: y + 0.12, rx: 0.13, ry: 0.13, z: 0.45, ramp: second },
    ...pair({ x: 0.2, y: y - 0.06, rx: 0.19, ry: 0.2, z: 0.05, ramp: third }),
    ...pair({ x: 0.1, y: y - 0.14, rx: 0.1, ry: 0.24, z: 0.08, ramp: third }),
    ...pair({ x: 0.26, y: y + 0.12, rx: 0.1, ry: 0.12, z: 0, ramp: third }),
    ...pair({ x: 0.42, y: y + 0.32, rx: 0.05, ry: 0.1, z: 0.1, ramp: second }),
    ...ears(random, 0.2, y - 0.04, main),
  ];
  return { parts, eyeY: y - 0.1 };
};

const mushroom: Body = (random, [main, second, third]) => {
  const capY = random.between(0.3, 0.36);
  const parts: Part[] = [
    { x: 0.5, y: 0.7, rx: random.between(0.2, 0.26), ry: 0.26, z: 0.2, ramp: second },
    { x: 0.5, y: capY, rx: random.between(0.4, 0.48), ry: 0.24, z: 0.4, ramp: main, patterned: true },
    ...pair({ x: 0.4, y: capY - 0.1, rx: 0.07, ry: 0.06, z: 0.6, ramp: third }),
    ...pair({ x: 0.2, y: capY + 0.02, rx: 0.07, ry: 0.06, z: 0.55, ramp: third }),
    ...pair({ x: 0.36, y: 0.93, rx: 0.1, ry: 0.07, z: 0.3, ramp: third }),
  ];
  return { parts, eyeY: capY + 0.26 };
};

const octopus: Body = (random, [main, second]) => {
  const headY = random.between(0.34, 0.4);
  const parts: Part[] = [
    {
      x: 0.5,
      y: headY,
      rx: random.between(0.32, 0.4),
      ry: random.between(0.28, 0.32),
      z: 0.35,
      ramp: main,
      patterned: true,
    },
  ];
  for (const [index, x] of [0.12, 0.28, 0.42].entries()) {
    const drop = random.between(0.8, 0.9);
    parts.push(...pair({ x: x + 0.04, y: 0.68, rx: 0.08, ry: 0.18, z: 0.2 + index * 0.04, ramp: main }));
    parts.push(...pair({ x, y: drop, rx: 0.08, ry: 0.07, z: 0.22 + index * 0.04, ramp: second }));
  }
  return { parts, eyeY: headY - 0.02 };
};

const beetle: Body = (random, [main, second, third]) => {
  const parts: Part[] = [
    { x: 0.5, y: 0.62, rx: random.between(0.28, 0.36), ry: 0.32, z: 0.3, ramp: main, patterned: true },
    { x: 0.5, y: 0.32, rx: random.between(0.2, 0.26), ry: 0.18, z: 0.36, ramp: second },
    ...pair({ x: 0.38, y: 0.1, rx: 0.05, ry: 0.12, z: 0.2, ramp: third }),
    ...pair({ x: 0.32, y: 0.06, rx: 0.06, ry: 0.05, z: 0.25, ramp: third }),
  ];
  for (const y of [0.48, 0.66, 0.84]) {
    parts.push(...pair({ x: 0.16, y, rx: 0.14, ry: 0.05, z: 0.1, ramp: third }));
    parts.push(...pair({ x: 0.06, y: y + 0.06, rx: 0.06, ry: 0.07, z: 0.1, ramp: third }));
  }
  return { parts, eyeY: 0.26 };
};

const robot: Body = (random, [main, second, third]) => {
  const headWidth = random.between(0.24, 0.32);
  const parts: Part[] = [
    { x: 0.5, y: 0.68, rx: random.between(0.24, 0.3), ry: 0.18, z: 0.25, ramp: main, square: true },
    { x: 0.5, y: 0.68, rx: 0.12, ry: 0.09, z: 0.5, ramp: second, square: true },
    { x: 0.5, y: 0.31, rx: headWidth, ry: 0.19, z: 0.35, ramp: main, square: true },
    { x: 0.5, y: 0.08, rx: 0.03, ry: 0.12, z: 0.1, ramp: third },
    { x: 0.5, y: 0.05, rx: 0.06, ry: 0.06, z: 0.2, ramp: second },
    ...pair({ x: 0.15, y: 0.66, rx: 0.08, ry: 0.16, z: 0.2, ramp: third, square: true }),
    ...pair({ x: 0.36, y: 0.91, rx: 0.12, ry: 0.08, z: 0.2, ramp: third, square: true }),
  ];
  return { parts, eyeY: 0.26 };
};

function ears(random: Random, headWidth: number, headY: number, ramp: number): Part[] {
  const x = 0.5 - headWidth * random.between(0.6, 0.85);
  switch (random.below(4)) {
    case 0:
      return pair({ x, y: headY - 0.18, rx: 0.06, ry: 0.18, z: 0.25, ramp });
    case 1:
      return pair({ x, y: headY - 0.16, rx: 0.11, ry: 0.11, z: 0.2, ramp });
    case 2:
      return pair({ x: x - 0.06, y: headY, rx: 0.13, ry: 0.07, z: 0.2, ramp });
    default:
      return [{ x: 0.5, y: headY - 0.24, rx: 0.06, ry: 0.1, z: 0.4, ramp }];
  }
}

const BODIES: readonly Body[] = [blob, biped, bat, mushroom, octopus, beetle, robot];
const MOUTHS = ['none', 'line', 'smile', 'smile', 'fangs', 'open'] as const;

/** Chooses a body, its colours and its face. */
export function planCreature(random: Random): Plan {
  const first = random.below(3);
  const second = (first + 1 + random.below(2)) % 3;
  const third = 3 - first - second;
  const body = BODIES[random.below(BODIES.length)]!;
  const { parts, eyeY } = body(random, [first, second, third]);
  return {
    parts,
    eyeY,
    eyeGap: random.between(0.03, 0.08),
    eyes: random.chance(0.15) ? 1 : 2,
    mouth: MOUTHS[random.below(MOUTHS.length)]!,
    glow: random.chance(0.25),
    spots: random.chance(0.55) ? random.between(0.42, 0.52) : 0,
    spotRamp: random.chance(0.5) ? second : third,
  };
}
