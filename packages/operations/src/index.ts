export type { ContextSource } from './carried-context.js';
export { extractContext, injectContext } from './carried-context.js';
export { currentOperation } from './current-operation.js';
// for packages that record work of another kind in the same way
export { leaveBreadcrumb } from './leave-breadcrumb.js';
export type { EnclosingOperation, Operation } from './operation.js';
export { OperationContext, operationOf, SPAN_KEY } from './operation-context.js';
export type { DimensionValue, OperationLink, OperationOptions, RemoteParent } from './operation-options.js';
export { Operations } from './operations.js';
export { recordDuration } from './record-duration.js';
export type { FailureListener } from './recorded-operation.js';
export type { Settling } from './settle.js';
export { settle } from './settle.js';
export type { OperationKindName } from './span-kind.js';
export { endSpan } from './span-of-others.js';
export { SpanStarter } from './span-starter.js';
