export type { Place } from './channels/place.js';
export { ownPlace } from './channels/place.js';
export type { ClusterMembership, ClusterOptions } from './join-cluster.js';
export { joinCluster } from './join-cluster.js';
export type { JoinableHealth, JoinedComponent } from './primary/joined-health.js';
export type { WorkersStatus } from './primary/workers.js';
export { Workers } from './primary/workers.js';
export type { WireHealth } from './wire/message.js';
