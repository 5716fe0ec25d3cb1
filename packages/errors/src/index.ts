export type { ErrorOptions } from './error-options.js';
export type { ErrorOperation } from './errors.js';
export { Errors } from './errors.js';
