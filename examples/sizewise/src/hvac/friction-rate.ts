import { AIR_DENSITY_KG_PER_M3, AIR_KINEMATIC_VISCOSITY_M2_PER_S } from './air.js';
import { type DuctSize, equivalentDiameterM } from './duct-size.js';
import { frictionFactor } from './friction-factor.js';

/** The pressure that air of this velocity has by moving: ρ v² / 2. */
export function velocityPressurePa(velocityMPerS: number): number {
  return (AIR_DENSITY_KG_PER_M3 / 2) * velocityMPerS ** 2;
}

/**
 * The pressure that a metre of straight duct costs, after Darcy and Weisbach: f / D · ρ v² / 2. A rectangular duct is
 * reckoned as the round one of its equivalent diameter at the same air flow, which is what that diameter is for.
 *
 * @param roughnessM height of the wall's roughness: 0.00009 for galvanized steel
 */
export function frictionRatePaPerM(airFlowM3PerS: number, size: DuctSize, roughnessM: number): number {
  if (airFlowM3PerS === 0) return 0;
  const diameterM = equivalentDiameterM(size);
  const velocityMPerS = airFlowM3PerS / ((Math.PI / 4) * diameterM ** 2);
  const reynolds = (velocityMPerS * diameterM) / AIR_KINEMATIC_VISCOSITY_M2_PER_S;
  return (frictionFactor(reynolds, roughnessM / diameterM) / diameterM) * velocityPressurePa(velocityMPerS);
}
