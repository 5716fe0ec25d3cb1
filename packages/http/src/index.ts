export { monitorHttpClients } from './client/monitor-clients.js';
export type { RequestMetrics } from './client/monitor-request.js';
export { monitorRequest } from './client/monitor-request.js';
export { monitoredFetch } from './client/monitored-fetch.js';
export { monitoredHttpRequest, monitoredHttpsRequest } from './client/monitored-request.js';
export type { RecordedRequest } from './client/recorded-requests.js';
export { recordedRequests } from './client/recorded-requests.js';
// for packages that build providers
export { noteMeter, noteTracer } from './other-recorders.js';
export { monitorHttpServers, monitorServer } from './server/node/monitor-servers.js';
export { currentRequest } from './server/request-context.js';
export type { RequestEnd, ServerRequest } from './server/server-request.js';
