import { type Context, context, createContextKey } from '@opentelemetry/api';
import type { EnclosingOperation } from './operation.js';

const OPERATION_KEY = createContextKey('otel-monitor.operation');

/** The operation that the calling code runs in, if any. */
export function currentOperation(): EnclosingOperation | undefined {
  return operationOf(context.active());
}

/** The operation that work in `parent` belongs to, if any. */
export function operationOf(parent: Context): EnclosingOperation | undefined {
  return parent.getValue(OPERATION_KEY) as EnclosingOperation | undefined;
}

/** A context whose work belongs to `operation`. */
export function withOperation(base: Context, operation: EnclosingOperation): Context {
  return base.setValue(OPERATION_KEY, operation);
}
