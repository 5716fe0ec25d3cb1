/**
 * One registry in the process, found by every copy of these packages, whether loaded as ES module or by require().
 * The number is the version of what stands in the slots: raise it when their shape changes incompatibly.
 */
const REGISTRY_KEY = Symbol.for('otel-monitor.runtime.1');

type Slots = Map<string, unknown>;

function slots(): Slots {
  const holder = globalThis as { [REGISTRY_KEY]?: Slots };
  holder[REGISTRY_KEY] ??= new Map();
  return holder[REGISTRY_KEY];
}

/** What the process holds under `name`; the first one who asks creates it. */
export function processWide<T>(name: string, create: () => T): T {
  const all = slots();
  if (!all.has(name)) all.set(name, create());
  return all.get(name) as T;
}
