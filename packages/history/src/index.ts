export type { ComponentSnapshot, HealthSnapshot } from './health-snapshot.js';
export type { HistoryOptions, SnapshotInputs } from './history.js';
export { History } from './history.js';
export type { Distribution, OperationSnapshot } from './operation-snapshot.js';
export type {
  EventLoopDelay,
  ProcessSnapshot,
  ResourcesSnapshot,
  RuntimeSnapshot,
  SystemSnapshot,
} from './resources-snapshot.js';
export type { ErrorsSnapshot, SeriesSnapshot, ServiceSnapshot, Snapshot } from './snapshot.js';
export { OTHER } from './snapshot.js';
export type { CacheSnapshot, FeatureSnapshot, UsageSnapshot, WorkflowSnapshot } from './usage-snapshot.js';
