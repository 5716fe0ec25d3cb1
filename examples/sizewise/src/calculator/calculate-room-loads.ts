import type { Monitor } from '@otel-monitor/monitor';
import { type RoomLoad, roomLoad } from '../hvac/room-load.js';
import { supplyAirFlowM3PerS } from '../hvac/supply-air-flow.js';
import type { RoomLoadInput } from './calculation-input.js';

export interface RoomResult extends RoomLoad {
  readonly name: string;
  readonly airFlowM3PerS: number;
}

/** The load of every room and the air that it needs. */
export function calculateRoomLoads(monitor: Monitor, input: RoomLoadInput): RoomResult[] {
  return monitor.operation('room_loads', { details: { rooms: input.rooms.length } }, () =>
    input.rooms.map((room) => {
      const load = roomLoad(room, input.outdoorDifferenceK);
      const airFlowM3PerS = supplyAirFlowM3PerS(room, load.sensibleW, input.supplyDifferenceK);
      return { name: room.name, ...load, airFlowM3PerS };
    }),
  );
}
