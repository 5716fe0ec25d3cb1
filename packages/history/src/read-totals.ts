import type { PointsByName } from './points-by-name.js';
import { readCaches } from './read-caches.js';
import { readCustomValues } from './read-custom-values.js';
import { type ErrorTotals, readErrors } from './read-errors.js';
import { readFeatures } from './read-features.js';
import { type OperationRow, readOperations } from './read-operations.js';
import { readOverflow } from './read-overflow.js';
import { readResources } from './read-resources.js';
import { readWorkflows } from './read-workflows.js';
import type { ResourcesSnapshot } from './resources-snapshot.js';
import type { SeriesSnapshot } from './snapshot.js';
import type { CacheSnapshot, FeatureSnapshot, WorkflowSnapshot } from './usage-snapshot.js';

/** One collection, added up. */
export interface Totals {
  readonly operations: ReadonlyMap<string, OperationRow>;
  readonly errors: ErrorTotals;
  readonly features: readonly FeatureSnapshot[];
  readonly workflows: readonly WorkflowSnapshot[];
  readonly caches: readonly CacheSnapshot[];
  readonly custom: Record<string, Record<string, number>>;
  readonly resources: ResourcesSnapshot;
  readonly series: SeriesSnapshot;
}

export function readTotals(points: PointsByName, maxRows: number): Totals {
  return {
    operations: readOperations(points, maxRows),
    errors: readErrors(points),
    features: readFeatures(points, maxRows),
    workflows: readWorkflows(points, maxRows),
    caches: readCaches(points, maxRows),
    custom: readCustomValues(points, maxRows),
    resources: readResources(points),
    series: readOverflow(points),
  };
}
