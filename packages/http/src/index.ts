export { monitorHttpServers, monitorServer } from './server/node/monitor-servers.js';
export { currentRequest } from './server/request-context.js';
export type { RequestEnd, ServerRequest } from './server/server-request.js';
