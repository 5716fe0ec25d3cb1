import type { DuctShape, DuctSize } from '../hvac/duct-size.js';
import type { Room } from '../hvac/room.js';

/** What may be calculated. */
export const CALCULATIONS = ['room_load', 'duct_design', 'pressure_loss'] as const;
export type Calculation = (typeof CALCULATIONS)[number];

export interface RoomLoadInput {
  readonly rooms: readonly Room[];
  /** How much warmer it is outside than in the rooms. */
  readonly outdoorDifferenceK: number;
  /** How much colder the supply air is than the rooms. */
  readonly supplyDifferenceK: number;
}

/** A new network for rooms, by equal friction. */
export interface DuctDesignInput extends RoomLoadInput {
  readonly material: string;
  readonly shape: DuctShape;
  readonly frictionRatePaPerM: number;
  readonly maxVelocityMPerS: number;
}

/** A run of duct that is there, measured on site. */
export interface PressureLossInput {
  readonly material: string;
  readonly size: DuctSize;
  readonly airFlowM3PerS: number;
  readonly lengthM: number;
  readonly fittings: readonly { readonly name: string; readonly count: number }[];
}

const positive = { type: 'number', exclusiveMinimum: 0, maximum: 1e6 } as const;
const notNegative = { type: 'number', minimum: 0, maximum: 1e6 } as const;
const name = { type: 'string', pattern: '^[a-z0-9_]{1,40}$' } as const;

const roomFields = {
  name: { type: 'string', minLength: 1, maxLength: 60 },
  floorAreaM2: positive,
  people: { type: 'integer', minimum: 0, maximum: 10_000 },
  wallAreaM2: notNegative,
  wallUValueWPerM2K: notNegative,
  windowAreaM2: notNegative,
  windowUValueWPerM2K: notNegative,
  windowSolarHeatGainCoefficient: { type: 'number', minimum: 0, maximum: 1 },
  solarIrradianceWPerM2: notNegative,
  lightingWPerM2: notNegative,
  equipmentWPerM2: notNegative,
  trunkLengthM: positive,
  branchLengthM: positive,
};

const roomLoadFields = {
  rooms: { type: 'array', minItems: 1, maxItems: 100, items: object(roomFields) },
  outdoorDifferenceK: { type: 'number', minimum: -80, maximum: 80 },
  supplyDifferenceK: positive,
};

const ductSize = {
  oneOf: [
    object({ shape: { const: 'round' }, diameterM: positive }),
    object({ shape: { const: 'rectangular' }, widthM: positive, heightM: positive }),
  ],
};

/** JSON Schemas of the three inputs: what does not fit is refused with 400 before anything is calculated. */
export const roomLoadSchema = object(roomLoadFields);
export const ductDesignSchema = object({
  ...roomLoadFields,
  material: name,
  shape: { type: 'string', pattern: '^[a-z]{1,20}$' },
  frictionRatePaPerM: positive,
  maxVelocityMPerS: positive,
});
export const pressureLossSchema = object({
  material: name,
  size: ductSize,
  airFlowM3PerS: positive,
  lengthM: positive,
  fittings: {
    type: 'array',
    maxItems: 50,
    items: object({ name, count: { type: 'integer', minimum: 1, maximum: 99 } }),
  },
});

function object(properties: Record<string, object>) {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}
