import { describe, expect, it } from 'vitest';
import { criticalPath, ductNetwork } from '../../src/hvac/duct-network.js';
import type { Room } from '../../src/hvac/room.js';
import { roomLoad } from '../../src/hvac/room-load.js';
import { coolingAirFlowM3PerS, supplyAirFlowM3PerS, ventilationAirFlowM3PerS } from '../../src/hvac/supply-air-flow.js';

const office: Room = {
  name: 'office',
  floorAreaM2: 20,
  people: 2,
  wallAreaM2: 10,
  wallUValueWPerM2K: 0.3,
  windowAreaM2: 4,
  windowUValueWPerM2K: 1.5,
  windowSolarHeatGainCoefficient: 0.4,
  solarIrradianceWPerM2: 500,
  lightingWPerM2: 8,
  equipmentWPerM2: 10,
  trunkLengthM: 5,
  branchLengthM: 3,
};

describe('a room', () => {
  it('is warmed through walls and windows, by sun, people, lights and machines', () => {
    expect(roomLoad(office, 8)).toEqual({
      transmissionW: 72,
      solarW: 800,
      peopleW: 150,
      lightingW: 160,
      equipmentW: 200,
      sensibleW: 1382,
    });
  });

  it('loses heat through its walls when it is colder outside', () => {
    expect(roomLoad(office, -20).transmissionW).toBe(-180);
  });

  it('needs 82.6 L/s to lose a kilowatt at 10 K: a cubic metre of standard air carries 1.21 kJ for each kelvin', () => {
    expect(coolingAirFlowM3PerS(1000, 10) * 1000).toBeCloseTo(82.6, 1);
    expect(coolingAirFlowM3PerS(-500, 10)).toBe(0);
  });

  it('gets outdoor air by people and floor: 8.5 L/s for each of 5 in 100 m², the default of ASHRAE 62.1 for offices', () => {
    expect(ventilationAirFlowM3PerS({ people: 5, floorAreaM2: 100 }) / 5).toBeCloseTo(0.0085, 10);
  });

  it('gets what cools it or what its people breathe, whichever is more', () => {
    expect(supplyAirFlowM3PerS(office, 1382, 10)).toBe(coolingAirFlowM3PerS(1382, 10));
    expect(supplyAirFlowM3PerS(office, 0, 10)).toBe(ventilationAirFlowM3PerS(office));
  });
});

describe('a trunk with branches', () => {
  const rooms = [
    { name: 'a', airFlowM3PerS: 0.25, trunkLengthM: 6, branchLengthM: 2 },
    { name: 'b', airFlowM3PerS: 0.5, trunkLengthM: 4, branchLengthM: 3 },
  ];

  it('carries in each section what is still ahead', () => {
    expect(ductNetwork(rooms)).toEqual([
      { id: 'trunk-1', kind: 'trunk', room: 'a', airFlowM3PerS: 0.75, lengthM: 6 },
      { id: 'branch-1', kind: 'branch', room: 'a', airFlowM3PerS: 0.25, lengthM: 2 },
      { id: 'trunk-2', kind: 'trunk', room: 'b', airFlowM3PerS: 0.5, lengthM: 4 },
      { id: 'branch-2', kind: 'branch', room: 'b', airFlowM3PerS: 0.5, lengthM: 3 },
    ]);
  });

  it('is as costly as its worst path, which need not be the longest', () => {
    const losses: Record<string, number> = { 'trunk-1': 5, 'branch-1': 40, 'trunk-2': 6, 'branch-2': 20 };
    const path = () => criticalPath(ductNetwork(rooms), (id) => losses[id]!);
    expect(path()).toEqual({ room: 'a', pressureLossPa: 45 });
    losses['branch-1'] = 10;
    expect(path()).toEqual({ room: 'b', pressureLossPa: 31 });
  });
});
