import type { Monitor } from '@otel-monitor/monitor';
import { criticalPath, type DuctSection, ductNetwork } from '../hvac/duct-network.js';
import { sizeName } from '../hvac/duct-size.js';
import { fanPowerW, type PressureLoss, pressureLoss } from '../hvac/pressure-loss.js';
import { calculateRoomLoads } from './calculate-room-loads.js';
import type { DuctDesignInput } from './calculation-input.js';
import type { CatalogueClient } from './catalogue-client.js';
import type { DuctSizingClient, SizedSection } from './duct-sizing-client.js';

/** What a calculation asks others for. */
export interface Colleagues {
  readonly monitor: Monitor;
  readonly catalogue: CatalogueClient;
  readonly ductSizing: DuctSizingClient;
}

/** What sits in a section of each kind, as names of the catalogue's fittings. */
const FITTINGS = { trunk: ['tee_straight'], branch: ['tee_branch', 'damper_open', 'diffuser'] } as const;

/** Loads, air flows, sizes by equal friction, and what the fan has to overcome. */
export async function designDucts(colleagues: Colleagues, input: DuctDesignInput) {
  const { monitor, catalogue, ductSizing } = colleagues;
  const workflow = monitor.startWorkflow('duct_design');
  try {
    const [roughnessM, sizes, trunkCoefficient, branchCoefficient] = await Promise.all([
      catalogue.roughnessM(input.material),
      catalogue.ductSizes(input.shape),
      sumOfCoefficients(catalogue, FITTINGS.trunk),
      sumOfCoefficients(catalogue, FITTINGS.branch),
    ]);
    workflow.step('catalogue');
    const rooms = calculateRoomLoads(monitor, input);
    const sections = ductNetwork(
      rooms.map(({ name, airFlowM3PerS }, index) => ({ ...input.rooms[index]!, name, airFlowM3PerS })),
    );
    workflow.step('room_loads');
    const { frictionRatePaPerM, maxVelocityMPerS } = input;
    const asked = sections.map(({ id, airFlowM3PerS }) => ({ id, airFlowM3PerS }));
    const sized = await ductSizing.size({ sections: asked, sizes, frictionRatePaPerM, maxVelocityMPerS, roughnessM });
    workflow.step('duct_sizing');
    const result = monitor.operation('pressure_losses', { details: { sections: sections.length } }, () =>
      losses(sections, sized, roughnessM, { trunk: trunkCoefficient, branch: branchCoefficient }),
    );
    workflow.complete();
    return { rooms, ...result };
  } catch (error) {
    workflow.fail(error);
    throw error;
  }
}

async function sumOfCoefficients(catalogue: CatalogueClient, names: readonly string[]): Promise<number> {
  const coefficients = await Promise.all(names.map((name) => catalogue.lossCoefficient(name)));
  return coefficients.reduce((sum, coefficient) => sum + coefficient, 0);
}

function losses(
  sections: readonly DuctSection[],
  sized: ReadonlyMap<string, SizedSection>,
  roughnessM: number,
  coefficients: Readonly<Record<DuctSection['kind'], number>>,
) {
  const lossPa = new Map<string, PressureLoss>();
  const designed = sections.map((section) => {
    const { id, kind, airFlowM3PerS, lengthM } = section;
    const { size } = sized.get(id)!;
    const loss = pressureLoss({ airFlowM3PerS, size, lengthM, roughnessM, lossCoefficient: coefficients[kind] });
    lossPa.set(id, loss);
    return { ...section, size, sizeName: sizeName(size), ...loss };
  });
  const { room, pressureLossPa } = criticalPath(sections, (id) => lossPa.get(id)!.totalPa);
  const airFlowM3PerS = sections[0]!.airFlowM3PerS;
  const fan = { airFlowM3PerS, pressurePa: pressureLossPa, powerW: fanPowerW(airFlowM3PerS, pressureLossPa) };
  return { sections: designed, criticalRoom: room, fan };
}
