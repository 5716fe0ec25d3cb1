/** A room as it is planned: what warms it, who is in it, and how far its duct is. Each unit is in its name. */
export interface Room {
  readonly name: string;
  readonly floorAreaM2: number;
  readonly people: number;
  readonly wallAreaM2: number;
  /** Thermal transmittance of the wall. */
  readonly wallUValueWPerM2K: number;
  readonly windowAreaM2: number;
  readonly windowUValueWPerM2K: number;
  /** Share of the sun's heat that the glass lets through, 0 to 1. */
  readonly windowSolarHeatGainCoefficient: number;
  /** Irradiance on the window at the hour that the design is made for. */
  readonly solarIrradianceWPerM2: number;
  readonly lightingWPerM2: number;
  readonly equipmentWPerM2: number;
  /** Length of the trunk duct from the room before (or the fan) to this room's branch. */
  readonly trunkLengthM: number;
  /** Length of the branch from the trunk to the room's diffuser. */
  readonly branchLengthM: number;
}
