import * as z from 'zod/mini';
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
  const result = z.safeParse(settingsSchema, data);
  if (result.success) return result.data;
  const said = new Set<string>();
  for (const { path, message } of result.error.issues.flatMap(deepest)) {
    const told = tell(path);
    // several checks of one value have one text
    if (said.has(told.path)) continue;
    said.add(told.path);
    findings.problem({
      path: told.path,
      found: told.found ?? describeFound(valueAt(data, path), path),
      expected: told.expected ?? message,
      source: told.source,
    });
  }
  return {};
}

/** Of alternatives the one that came furthest: of `false | {…}`, given an object, what is wrong within the object. */
function deepest(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== 'invalid_union') return [issue];
  let best: { path: PropertyKey[]; message: string }[] = [issue];
  for (const branch of issue.errors) {
    const issues = branch.flatMap(deepest).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
    if (issues.some(({ path }) => path.length > issue.path.length)) best = issues;
  }
  return best;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[segment];
  }
  return value;
}
