import type { Findings } from '../findings.js';
import { settingsSchema } from '../schema/settings.js';
import { makeCanonical, makeSwitches } from './canonical.js';
import { check } from './check.js';
import type { Layer } from './layer.js';
import { normalize, type Origin, pathText } from './normalize.js';

/** The layer of a source that gives an object: code or a file. */
export function dataLayer(given: unknown, origin: Origin, findings: Findings): Layer {
  const { data, written } = normalize(settingsSchema, given, origin, findings);
  const tell = (path: readonly PropertyKey[]) => ({
    path: writtenPath(written, path, origin) || origin.source,
    source: origin.source,
  });
  const values = check(data, tell, findings);
  makeCanonical(values);
  makeSwitches(values);
  return { values, sourceOf: () => origin.source };
}

/** How a path was written; what is below the last known place keeps its name. */
function writtenPath(
  written: ReadonlyMap<string, readonly PropertyKey[]>,
  path: readonly PropertyKey[],
  origin: Origin,
): string {
  const missing: PropertyKey[] = [];
  for (let length = path.length; length >= 0; length -= 1) {
    const known = written.get(path.slice(0, length).join('.'));
    if (known !== undefined) return pathText([...known, ...missing]);
    missing.unshift(path[length - 1] as PropertyKey);
  }
  return pathText([...origin.prefix, ...path]);
}
