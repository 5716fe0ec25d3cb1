export type { Cache } from './cache.js';
export type { FeatureUse } from './feature-use.js';
export { Usage } from './usage.js';
export type { Workflow } from './workflow.js';
