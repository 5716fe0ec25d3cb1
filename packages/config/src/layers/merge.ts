import type { Layer } from './layer.js';
import { isPlainObject, put } from './plain-data.js';

/** Headers go together: those for one vendor must not be sent to another. */
const TAKEN_WHOLE = /^otlp(?:\.\w+)?\.headers$/;

export interface Merged {
  readonly values: Record<string, unknown>;
  /** For every value where it comes from. */
  readonly sources: Record<string, string>;
}

/** The layers as one, key by key: the first layer that has a key wins. Lists and headers are taken whole. */
export function mergeLayers(layers: readonly Layer[]): Merged {
  const sources: Record<string, string> = {};
  const tops = layers.map((layer) => ({ layer, value: layer.values as unknown }));
  return { values: merged(tops, '', sources) as Record<string, unknown>, sources };
}

interface Said {
  layer: Layer;
  value: unknown;
}

function merged(said: readonly Said[], path: string, sources: Record<string, string>): unknown {
  const [first] = said;
  if (first === undefined) return undefined;
  if (!isPlainObject(first.value) || TAKEN_WHOLE.test(path)) {
    sources[path] = first.layer.sourceOf(path);
    return first.value;
  }
  const groups = said.filter(({ value }) => isPlainObject(value));
  const keys = new Set(groups.flatMap(({ value }) => Object.keys(value as object)));
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    const inner = groups
      .map(({ layer, value }) => ({ layer, value: (value as Record<string, unknown>)[key] }))
      .filter(({ value }) => value !== undefined);
    put(result, key, merged(inner, path === '' ? key : `${path}.${key}`, sources));
  }
  return result;
}
