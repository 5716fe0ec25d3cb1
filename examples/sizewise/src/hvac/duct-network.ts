/** What the network is made for: a room's air flow and where its branch leaves the trunk. */
export interface SuppliedRoom {
  readonly name: string;
  readonly airFlowM3PerS: number;
  readonly trunkLengthM: number;
  readonly branchLengthM: number;
}

/** One length of duct between two junctions. */
export interface DuctSection {
  /** `trunk-1`, `branch-1`: the first is next to the fan. */
  readonly id: string;
  readonly kind: 'trunk' | 'branch';
  readonly room: string;
  readonly airFlowM3PerS: number;
  readonly lengthM: number;
}

/** A trunk from the fan past all rooms, in their order, with a branch for each: every trunk section carries what is still ahead. */
export function ductNetwork(rooms: readonly SuppliedRoom[]): DuctSection[] {
  return rooms.flatMap((room, index) => {
    const ahead = rooms.slice(index).reduce((sum, { airFlowM3PerS }) => sum + airFlowM3PerS, 0);
    const trunk = { id: `trunk-${index + 1}`, airFlowM3PerS: ahead, lengthM: room.trunkLengthM };
    const branch = { id: `branch-${index + 1}`, airFlowM3PerS: room.airFlowM3PerS, lengthM: room.branchLengthM };
    return [
      { ...trunk, kind: 'trunk' as const, room: room.name },
      { ...branch, kind: 'branch' as const, room: room.name },
    ];
  });
}

/** The path from the fan to a room that costs most: the fan has to be made for it, and the others are throttled. */
export interface CriticalPath {
  readonly room: string;
  readonly pressureLossPa: number;
}

/** @param lossPaOf the loss of each section by its id */
export function criticalPath(sections: readonly DuctSection[], lossPaOf: (id: string) => number): CriticalPath {
  let trunkPa = 0;
  let worst: CriticalPath = { room: '', pressureLossPa: 0 };
  for (const { id, kind, room } of sections) {
    if (kind === 'trunk') trunkPa += lossPaOf(id);
    else if (trunkPa + lossPaOf(id) >= worst.pressureLossPa) worst = { room, pressureLossPa: trunkPa + lossPaOf(id) };
  }
  return worst;
}
