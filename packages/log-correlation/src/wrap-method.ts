type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Lets every call of a method go by `argumentsOf`, which must not throw; what the method gives or throws comes back untouched.
 * Gives the way back: where somebody else has wrapped the method since, ours stays and does nothing. Never throws.
 */
export function wrapMethod(
  target: object,
  name: string,
  argumentsOf: (args: readonly unknown[]) => readonly unknown[],
): () => void {
  try {
    const methods = target as Record<string, Method>;
    const method = methods[name];
    if (typeof method !== 'function') return () => {};
    let isOn = true;
    const wrapped: Method = function (...args) {
      return Reflect.apply(method, this ?? target, isOn ? argumentsOf(args) : args);
    };
    Object.defineProperty(wrapped, 'name', { value: method.name, configurable: true });
    const before = Object.getOwnPropertyDescriptor(target, name);
    const enumerable = before?.enumerable ?? false;
    Object.defineProperty(target, name, { value: wrapped, configurable: true, writable: true, enumerable });
    return () => {
      isOn = false;
      if (methods[name] !== wrapped) return;
      if (before === undefined) Reflect.deleteProperty(target, name);
      else Reflect.defineProperty(target, name, before);
    };
  } catch {
    // frozen, or a proxy: it stays as it is
    return () => {};
  }
}
