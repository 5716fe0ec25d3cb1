import { types } from 'node:util';
import type { Operation } from './operation.js';

/** What is ended when the result is there. */
export type Settling = Pick<Operation, 'end' | 'fail'>;

/**
 * Ends `operation` when `result` is there, and gives to the caller what the callback gave.
 *
 * - Anything but a promise: the same value, and the operation ends now.
 * - The promise of an async function, which nobody else can hold: a promise that settles in the same way with the same
 *   value or reason, so that a rejection nobody handles is still one to Node.
 * - Any other promise: the very same object; monitoring counts as a handler of it.
 * - Any other thenable (query builders start their work when `then` is called): the same object, whose own `then` ends
 *   the operation when the caller's await has settled it.
 */
export function settle<T>(callback: unknown, result: T, operation: Settling): T {
  // most results of synchronous callbacks: nothing that could be waited for
  if ((typeof result !== 'object' && typeof result !== 'function') || result === null) {
    operation.end();
    return result;
  }
  // looks at the internal slots, where no proxy can throw
  if (types.isPromise(result)) return settlePromise(types.isAsyncFunction(callback), result, operation) as T;
  if (isThenable(result) && followThen(result, operation)) return result;
  operation.end();
  return result;
}

function settlePromise(isOurs: boolean, promise: Promise<unknown>, operation: Settling): Promise<unknown> {
  const onFulfilled = (value: unknown): unknown => {
    operation.end();
    return value;
  };
  const onRejected = (reason: unknown): void => {
    operation.fail(reason);
    if (isOurs) throw reason;
  };
  try {
    const settled = promise.then(onFulfilled, onRejected);
    return isOurs ? settled : promise;
  } catch {
    // a subclass whose `then` throws
    operation.end();
    return promise;
  }
}

type Then = (onFulfilled?: unknown, onRejected?: unknown) => unknown;

function isThenable(value: unknown): value is { then: Then } {
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}

/** Puts an own `then` on the thenable; false when that cannot be done. */
function followThen(thenable: { then: Then }, operation: Settling): boolean {
  const original = thenable.then;
  const then: Then = function (this: unknown, onFulfilled, onRejected) {
    const fulfilled = (value: unknown) => {
      operation.end();
      return typeof onFulfilled === 'function' ? onFulfilled(value) : value;
    };
    const rejected = (reason: unknown) => {
      operation.fail(reason);
      if (typeof onRejected === 'function') return onRejected(reason);
      throw reason;
    };
    return original.call(this, fulfilled, rejected);
  };
  try {
    return Reflect.defineProperty(thenable, 'then', { value: then, configurable: true, writable: true });
  } catch {
    return false;
  }
}
