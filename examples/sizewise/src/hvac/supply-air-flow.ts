import { AIR_DENSITY_KG_PER_M3, AIR_SPECIFIC_HEAT_J_PER_KG_K } from './air.js';
import type { Room } from './room.js';

/** Outdoor air for each person in an office: 2.5 L/s (ASHRAE Standard 62.1, table of minimum ventilation rates). */
export const OUTDOOR_AIR_M3_PER_S_PERSON = 0.0025;

/** Outdoor air for each square metre of an office: 0.3 L/s (the same table). */
export const OUTDOOR_AIR_M3_PER_S_M2 = 0.0003;

/** The air flow that takes a sensible load away when it enters so much colder than the room is; 0 for no load. */
export function coolingAirFlowM3PerS(sensibleW: number, supplyDifferenceK: number): number {
  const heatPerVolumeJPerM3 = AIR_DENSITY_KG_PER_M3 * AIR_SPECIFIC_HEAT_J_PER_KG_K * supplyDifferenceK;
  return Math.max(0, sensibleW) / heatPerVolumeJPerM3;
}

/** The outdoor air that people and floor of an office ask for. */
export function ventilationAirFlowM3PerS({ people, floorAreaM2 }: Pick<Room, 'people' | 'floorAreaM2'>): number {
  return people * OUTDOOR_AIR_M3_PER_S_PERSON + floorAreaM2 * OUTDOOR_AIR_M3_PER_S_M2;
}

/** What is supplied to a room: enough to cool it and enough to breathe. */
export function supplyAirFlowM3PerS(room: Room, sensibleW: number, supplyDifferenceK: number): number {
  return Math.max(coolingAirFlowM3PerS(sensibleW, supplyDifferenceK), ventilationAirFlowM3PerS(room));
}
