import type { Findings } from '../findings.js';
import { describeFound } from '../found.js';
import { settingsSchema } from '../schema/settings.js';

/** How a problem at a path of the settings is told: where it was written, what was there, who said it. */
export interface Told {
  readonly path: string;
  readonly source: string;
  /** What was found when it is not the value itself (an environment variable is text). */
  readonly found?: string | undefined;
  /** What is expected when the schema's words do not fit (a variable has another unit). */
  readonly expected?: string | undefined;
}

/** The data when it fits the schema, else an empty group, with every problem among the findings. */
export function check(
  data: unknown,
  tell: (path: readonly PropertyKey[]) => Told,
  findings: Findings,
): Record<string, unknown> {
  const misfits = settingsSchema.misfits(data);
  if (misfits.length === 0) return data as Record<string, unknown>;
  const said = new Set<string>();
  for (const { path, expected } of misfits) {
    const told = tell(path);
    // several keys may stand for one place
    if (said.has(told.path)) continue;
    said.add(told.path);
    findings.problem({
      path: told.path,
      found: told.found ?? describeFound(valueAt(data, path), path),
      expected: told.expected ?? expected,
      source: told.source,
    });
  }
  return {};
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[segment];
  }
  return value;
}
