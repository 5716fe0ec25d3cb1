import { context } from '@opentelemetry/api';
import type { EnclosingOperation } from './operation.js';
import { operationOf } from './operation-context.js';

/** The operation that the calling code runs in, if any. */
export function currentOperation(): EnclosingOperation | undefined {
  return operationOf(context.active());
}
