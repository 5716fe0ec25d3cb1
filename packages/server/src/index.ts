export type { Endpoints } from './endpoints.js';
export { createEndpoints } from './endpoints.js';
export type { ErrorSource } from './error-pages.js';
export type { Listening, ListenOptions } from './listen.js';
export { listen } from './listen.js';
export { ServerConfigError, ServerListenError } from './server-error.js';
export type { ServerOptions } from './server-options.js';
export type { CollectedMetrics, CostMeter, ServerSources } from './server-sources.js';
export type { UsageSource } from './usage-pages.js';
