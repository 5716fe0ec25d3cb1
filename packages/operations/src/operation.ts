import type { Context, Span } from '@opentelemetry/api';

/**
 * One run of a piece of work. It is handed to the callback of `monitor.operation`, or made by `monitor.startOperation`
 * and then ended by `end()`, `fail(error)` or `using`. No method throws; after the end every method does nothing.
 */
export interface Operation {
  readonly name: string;
  readonly span: Span;
  /** The context in which work belongs to this operation. */
  readonly context: Context;
  /** The operation it was started in, if any; undefined after its end. */
  readonly parent: Operation | undefined;
  /** The trace this operation belongs to: 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;

  /** Sets an unbounded detail, on the span only. Secrets are taken out, long text is cut. */
  detail(key: string, value: unknown): this;

  /** Runs `callback` inside this operation: what it starts becomes its child. Its value or error comes back untouched. */
  run<T>(callback: () => T): T;

  /** Ends the operation as failed. The error counts once, however far it is thrown on; gives the error's id. */
  fail(error: unknown): string;

  /** Ends the operation. */
  end(): void;

  [Symbol.dispose](): void;
}

/** An operation as those that run inside it see it. */
export interface EnclosingOperation extends Operation {
  readonly parent: EnclosingOperation | undefined;
  /** The error that a nested operation failed with last: thrown on, it is not a second one. */
  nestedFailure: { readonly error: unknown; readonly id: string } | undefined;
}
