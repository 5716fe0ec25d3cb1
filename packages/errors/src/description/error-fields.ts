/** In the place of a property that could not be read: its getter threw, or its proxy is revoked. */
export const UNREADABLE = Symbol('unreadable');

type ErrorKey = 'name' | 'message' | 'stack' | 'code' | 'cause' | 'errors' | 'error' | 'suppressed' | 'syscall';

/** Reads a property of anything, once. Never throws; nothing is called but its getter. */
export function readField(error: object, key: ErrorKey | 'errno' | 'path' | number): unknown {
  try {
    return (error as Record<string | number, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

/** Whether it has an identity. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
