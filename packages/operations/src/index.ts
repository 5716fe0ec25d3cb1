export { currentOperation } from './current-operation.js';
export type { EnclosingOperation, Operation } from './operation.js';
export type { DimensionValue, OperationOptions, RemoteParent } from './operation-options.js';
export { Operations } from './operations.js';
export type { FailureListener } from './recorded-operation.js';
