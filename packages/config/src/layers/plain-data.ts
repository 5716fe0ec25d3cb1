/** Stands for a value that cannot be used as data; its description is what an error message shows. */
export function unusable(what: string): symbol {
  return Symbol(what);
}

const MAX_DEPTH = 8;
const MAX_ITEMS = 1_000;

/** True for objects as JSON, YAML and braces in code make them. May throw when given a proxy that does. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Sets a key of the user as data: `__proto__` would be no key at all. */
export function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
}

/** A bounded copy of free-form data; what JSON has no word for is left out. May throw when reading throws. */
export function copyData(value: unknown, depth = 0): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (depth >= MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => copyData(item, depth + 1) ?? null);
  if (!isPlainObject(value)) return undefined;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).slice(0, MAX_ITEMS)) {
    const data = copyData(value[key], depth + 1);
    if (data !== undefined) put(copy, key, data);
  }
  return copy;
}
