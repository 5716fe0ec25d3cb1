import { type Context, createContextKey, trace } from '@opentelemetry/api';
import type { EnclosingOperation } from './operation.js';

const OPERATION_KEY = createContextKey('otel-monitor.operation');
/** Asks an operation's context, of whichever copy of this package, for what lies under it. */
const BASE_KEY = createContextKey('otel-monitor.operation.base');
/** Under which key the API keeps the active span. */
export const SPAN_KEY: symbol = spanKey();

/**
 * The context in which work belongs to an operation: its parent's, with the operation and its span over it, and without
 * the copy of all values that the API's own context makes for each.
 */
export class OperationContext implements Context {
  /** Knows of no operation: work that starts its own next run must not hold all runs before it. */
  private readonly base: Context;
  private copied: Context | undefined;

  constructor(
    parent: Context,
    private readonly operation: EnclosingOperation,
  ) {
    this.base = (parent.getValue(BASE_KEY) as Context | undefined) ?? withoutOperation(parent);
  }

  getValue(key: symbol): unknown {
    if (key === SPAN_KEY) return this.operation.span;
    if (key === OPERATION_KEY) return this.operation;
    if (key === BASE_KEY) return this.base;
    return this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.copy().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.copy().deleteValue(key);
  }

  /** The same as a context of the API. */
  private copy(): Context {
    this.copied ??= trace.setSpan(this.base, this.operation.span).setValue(OPERATION_KEY, this.operation);
    return this.copied;
  }
}

/** A context of the API that was made from an operation's holds that operation. */
function withoutOperation(parent: Context): Context {
  return operationOf(parent) === undefined ? parent : parent.deleteValue(OPERATION_KEY);
}

/** The operation that work in `parent` belongs to, if any. */
export function operationOf(parent: Context): EnclosingOperation | undefined {
  return parent.getValue(OPERATION_KEY) as EnclosingOperation | undefined;
}

/** The API does not say its key of the active span, but asked for a span it asks a context with it. */
function spanKey(): symbol {
  let key = Symbol();
  const witness: Pick<Context, 'getValue'> = {
    getValue: (asked) => {
      key = asked;
      return undefined;
    },
  };
  trace.getSpan(witness as Context);
  return key;
}
