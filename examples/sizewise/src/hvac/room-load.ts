import type { Room } from './room.js';

/** Sensible heat of a person at moderately active office work (ASHRAE Handbook Fundamentals, heat gain of occupants). */
export const PERSON_SENSIBLE_W = 75;

/** Where the heat of a room comes from, at the hour that the design is made for. */
export interface RoomLoad {
  /** Through walls and windows; negative when it is colder outside. */
  readonly transmissionW: number;
  readonly solarW: number;
  readonly peopleW: number;
  readonly lightingW: number;
  readonly equipmentW: number;
  /** The sum: what the supply air has to take away. */
  readonly sensibleW: number;
}

/**
 * The sensible load of a room in a steady state, without storage in the building's mass: for the peak hour that is on the
 * safe side.
 *
 * @param outdoorDifferenceK how much warmer it is outside than in the room
 */
export function roomLoad(room: Room, outdoorDifferenceK: number): RoomLoad {
  const conductanceWPerK = room.wallAreaM2 * room.wallUValueWPerM2K + room.windowAreaM2 * room.windowUValueWPerM2K;
  const transmissionW = conductanceWPerK * outdoorDifferenceK;
  const solarW = room.windowAreaM2 * room.windowSolarHeatGainCoefficient * room.solarIrradianceWPerM2;
  const peopleW = room.people * PERSON_SENSIBLE_W;
  const lightingW = room.floorAreaM2 * room.lightingWPerM2;
  const equipmentW = room.floorAreaM2 * room.equipmentWPerM2;
  const sensibleW = transmissionW + solarW + peopleW + lightingW + equipmentW;
  return { transmissionW, solarW, peopleW, lightingW, equipmentW, sensibleW };
}
