import { type Family, sampleNames } from './family.js';
import { openMetricsName } from './format.js';
import { TARGET_INFO } from './target-info.js';

/** Families as OpenMetrics can show them. */
export interface OpenMetricsPlan {
  /** Counters whose names would clash, or are `total` alone: shown with type `unknown` and the same samples. */
  readonly unknown: ReadonlySet<Family>;
  /** What clashes still, with the `_created` that a histogram of that name could have. */
  readonly dropped: ReadonlySet<Family>;
}

/**
 * Finds the families whose names OpenMetrics reserves for others: it names the counter `x_total` `x`, and keeps
 * `x_created` for counters and histograms ("MetricFamily: Name", "Suffixes").
 */
export function planOpenMetrics(families: readonly Family[]): OpenMetricsPlan {
  const claims = new Map([[TARGET_INFO, 1]]);
  for (const family of families) {
    for (const name of reservedNames(family)) claims.set(name, (claims.get(name) ?? 0) + 1);
  }
  const isUnknown = (family: Family) =>
    family.type === 'counter' &&
    (!family.name.endsWith('_total') || reservedNames(family).some((name) => claims.get(name)! > 1));
  const unknown = new Set(families.filter(isUnknown));

  const dropped = new Set<Family>();
  const taken = new Set([TARGET_INFO]);
  // histograms first: what is left over must give way to them, it is the smaller loss
  const ordered = [...families].sort((a, b) => Number(b.type === 'histogram') - Number(a.type === 'histogram'));
  for (const family of ordered) {
    const names = unknown.has(family) ? [family.name] : reservedNames(family);
    if (names.some((name) => taken.has(name))) dropped.add(family);
    else for (const name of names) taken.add(name);
  }
  return { unknown, dropped };
}

function reservedNames(family: Family): string[] {
  const name = openMetricsName(family);
  if (family.type === 'gauge') return [name];
  return family.type === 'counter'
    ? [name, family.name, `${name}_created`]
    : [...sampleNames(family), `${name}_created`];
}
