import { sizeName } from '../hvac/duct-size.js';
import { pressureLoss } from '../hvac/pressure-loss.js';
import type { PressureLossInput } from './calculation-input.js';
import type { CatalogueClient } from './catalogue-client.js';

/** What a run of duct that is there costs: needs the catalogue, and nobody to size anything. */
export async function checkPressureLoss(catalogue: CatalogueClient, input: PressureLossInput) {
  const { airFlowM3PerS, size, lengthM } = input;
  const [roughnessM, ...coefficients] = await Promise.all([
    catalogue.roughnessM(input.material),
    ...input.fittings.map(async ({ name, count }) => count * (await catalogue.lossCoefficient(name))),
  ]);
  const lossCoefficient = coefficients.reduce((sum, coefficient) => sum + coefficient, 0);
  const loss = pressureLoss({ airFlowM3PerS, size, lengthM, roughnessM, lossCoefficient });
  return { sizeName: sizeName(size), ...loss };
}
