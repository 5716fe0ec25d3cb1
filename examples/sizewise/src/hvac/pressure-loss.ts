import { type DuctSize, velocityMPerS } from './duct-size.js';
import { frictionRatePaPerM, velocityPressurePa } from './friction-rate.js';

/** A length of duct of one size, with what sits in it. */
export interface DuctRun {
  readonly airFlowM3PerS: number;
  readonly size: DuctSize;
  readonly lengthM: number;
  /** Height of the wall's roughness. */
  readonly roughnessM: number;
  /** Sum of the loss coefficients of its bends, branches and grilles, by the velocity in this duct. */
  readonly lossCoefficient: number;
}

export interface PressureLoss {
  readonly velocityMPerS: number;
  readonly frictionPa: number;
  readonly fittingsPa: number;
  readonly totalPa: number;
}

/** What the run costs: friction along its length, and the velocity pressure as often as its fittings say. */
export function pressureLoss(run: DuctRun): PressureLoss {
  const velocity = velocityMPerS(run.airFlowM3PerS, run.size);
  const frictionPa = run.lengthM * frictionRatePaPerM(run.airFlowM3PerS, run.size, run.roughnessM);
  const fittingsPa = run.lossCoefficient * velocityPressurePa(velocity);
  return { velocityMPerS: velocity, frictionPa, fittingsPa, totalPa: frictionPa + fittingsPa };
}

/** Electrical power of the fan that moves so much air against so much pressure; 0.6 is a usual total efficiency. */
export function fanPowerW(airFlowM3PerS: number, totalPa: number, efficiency = 0.6): number {
  return (airFlowM3PerS * totalPa) / efficiency;
}
