export type { CorrelatedConsole } from './correlate-console.js';
export { correlateConsole } from './correlate-console.js';
export type { WinstonLogger } from './correlate-winston.js';
export { correlateWinston } from './correlate-winston.js';
export { traceFields } from './pino-mixin.js';
export type { TraceFields } from './trace-fields.js';
export type { WinstonFormat } from './winston-format.js';
export { traceFormat } from './winston-format.js';
