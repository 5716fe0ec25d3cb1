/**
 * What differs between two values of one entry, so that a large entry of which little changes is not written whole each
 * time. Both are as JSON.parse makes them.
 */
export interface Patch {
  /** New values, by key or place. */
  readonly s?: Readonly<Record<string, unknown>>;
  /** Patches of values that stay, by key or place. */
  readonly p?: Readonly<Record<string, Patch>>;
  /** Keys that are gone. */
  readonly d?: readonly string[];
}

type Parts = Record<string, unknown>;

/** The way from one value to another; undefined where it must be written whole. An empty patch: they are equal. */
export function patchBetween(before: unknown, after: unknown): Patch | undefined {
  if (!isComposite(before) || !isComposite(after) || Array.isArray(before) !== Array.isArray(after)) return undefined;
  // a shorter list would have to forget places
  if (Array.isArray(before) && Array.isArray(after) && after.length < before.length) return undefined;
  const set: Parts = {};
  const patches: Record<string, Patch> = {};
  for (const [key, value] of Object.entries(after)) {
    if (key === '__proto__') return undefined;
    const known = Object.hasOwn(before, key) ? before[key] : undefined;
    if (known === value && value !== undefined) continue;
    const patch = patchBetween(known, value);
    if (patch === undefined) set[key] = value;
    else if (!isEmpty(patch)) patches[key] = patch;
  }
  const deleted = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return {
    ...(Object.keys(set).length > 0 && { s: set }),
    ...(Object.keys(patches).length > 0 && { p: patches }),
    ...(deleted.length > 0 && { d: deleted }),
  };
}

export function isEmpty(patch: Patch): boolean {
  return patch.s === undefined && patch.p === undefined && patch.d === undefined;
}

/** The value after a patch, which changes `before` itself. Throws where the patch does not belong to it. */
export function applyPatch(before: unknown, patch: unknown): unknown {
  if (!isComposite(before) || !isComposite(patch)) throw new TypeError('a patch without its value');
  for (const [key, value] of Object.entries((patch.s ?? {}) as Parts)) {
    if (key === '__proto__') throw new TypeError('no such key is written');
    if (Array.isArray(before) && !(Number(key) <= before.length)) throw new TypeError('no such place');
    before[key] = value;
  }
  for (const [key, inner] of Object.entries((patch.p ?? {}) as Parts)) {
    if (!Object.hasOwn(before, key)) throw new TypeError('a patch of nothing');
    before[key] = applyPatch(before[key], inner);
  }
  for (const key of Array.isArray(patch.d) ? (patch.d as unknown[]) : []) delete before[String(key)];
  return before;
}

function isComposite(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null;
}
