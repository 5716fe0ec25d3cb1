import type { DuctShape } from '../hvac/duct-size.js';
import type { Room } from '../hvac/room.js';

/** A request of the load. */
export interface ExampleRequest {
  /** What it is for, as the load's summary says it. */
  readonly kind: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** As it is sent. */
  readonly body?: string;
  /** The client goes away after so many milliseconds. */
  readonly hangUpMillis?: number;
}

const SHAPES: readonly DuctShape[] = ['round', 'rectangular'];
const MATERIALS = ['galvanized_steel', 'spiral_steel', 'pvc', 'fibrous_duct_board'] as const;
const USES = ['office', 'meeting', 'kitchen', 'archive', 'studio', 'lobby'] as const;

/** What of forty requests is none of the usual: each fails, or ends, in a way of its own. */
const UNUSUAL: Readonly<Record<number, (index: number) => ExampleRequest>> = {
  5: (index) => duct('an unknown material', index, { material: 'papier_mache' }),
  9: () => ({ kind: 'an unknown project', method: 'GET', path: '/api/projects/nobody-knows' }),
  13: (index) => duct('more air than any duct carries', index, { maxVelocityMPerS: 0.1 }),
  17: (index) => duct('a room with -1 people', index, { rooms: [{ ...room(index, 0), people: -1 }] }),
  21: () => post('a body that is no JSON', '{"projectId": "office-1", '),
  25: (index) => ({ ...duct('a client that hangs up', index), hangUpMillis: 3 }),
  29: () => ({ kind: 'a path that nobody serves', method: 'GET', path: '/wp-login.php' }),
};

/** The request of that number: always the same, so that two runs send the same load. */
export function exampleRequest(index: number): ExampleRequest {
  const unusual = UNUSUAL[index % 40];
  if (unusual !== undefined) return unusual(index);
  // a project that the request before the last has just designed
  if (index % 10 === 4) return { kind: 'a project', method: 'GET', path: `/api/projects/${projectOf(index - 2)}` };
  if (index % 5 === 1) return pressureLoss(index);
  if (index % 5 === 3) return roomLoad(index);
  return duct('a duct design', index);
}

function duct(kind: string, index: number, changes: object = {}): ExampleRequest {
  const input = {
    ...roomLoadInput(index),
    material: pick(MATERIALS, index),
    shape: pick(SHAPES, index),
    frictionRatePaPerM: 0.8 + (index % 3) * 0.2,
    maxVelocityMPerS: 8,
    ...changes,
  };
  return calculation(kind, index, 'duct_design', input);
}

function roomLoad(index: number): ExampleRequest {
  return calculation('a room load', index, 'room_load', roomLoadInput(index));
}

function pressureLoss(index: number): ExampleRequest {
  const fittings = [
    { name: 'elbow_90', count: 1 + (index % 4) },
    { name: 'tee_branch', count: 1 },
    { name: 'diffuser', count: 1 },
  ];
  const size = { shape: 'round', diameterM: 0.315 };
  const input = { material: pick(MATERIALS, index), size, airFlowM3PerS: 0.3, lengthM: 12 + (index % 20), fittings };
  return calculation('a pressure loss', index, 'pressure_loss', input);
}

function calculation(kind: string, index: number, name: string, input: object): ExampleRequest {
  return post(kind, JSON.stringify({ projectId: projectOf(index), calculation: name, input }));
}

function post(kind: string, body: string): ExampleRequest {
  return { kind, method: 'POST', path: '/api/hvac/calculate', body };
}

function roomLoadInput(index: number) {
  const rooms = Array.from({ length: 1 + (index % 6) }, (_, place) => room(index, place));
  return { rooms, outdoorDifferenceK: 8, supplyDifferenceK: 10 };
}

function room(index: number, place: number): Room {
  const floorAreaM2 = 12 + ((index * 7 + place * 11) % 50);
  return {
    name: `${pick(USES, index + place)}-${place + 1}`,
    floorAreaM2,
    people: Math.ceil(floorAreaM2 / 10),
    wallAreaM2: floorAreaM2 * 0.6,
    wallUValueWPerM2K: 0.28,
    windowAreaM2: floorAreaM2 * 0.2,
    windowUValueWPerM2K: 1.3,
    windowSolarHeatGainCoefficient: 0.35,
    solarIrradianceWPerM2: 450,
    lightingWPerM2: 8,
    equipmentWPerM2: 12,
    trunkLengthM: 4 + (place % 3),
    branchLengthM: 2.5,
  };
}

function projectOf(index: number): string {
  return `building-${index % 50}`;
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length]!;
}
