export type { KeeperOptions, KeeperTimes } from './keeper/keeper-options.js';
export { StateKeeper } from './keeper/state-keeper.js';
export type { StateStatus } from './keeper/state-status.js';
export { NOTHING_KEPT } from './keeper/state-status.js';
