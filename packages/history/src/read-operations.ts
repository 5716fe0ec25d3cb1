import {
  ATTR_ERROR_TYPE,
  ATTR_OPERATION_NAME,
  OPERATION_ACTIVE,
  OPERATION_DURATION,
  OPERATION_MEMORY_DELTA,
} from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import { MergedHistogram } from './merged-histogram.js';
import type { PointsByName } from './points-by-name.js';
import { Rows } from './rows.js';
import { OTHER } from './snapshot.js';
import { Tally } from './tally.js';

/** What has been recorded of one operation. */
export class OperationRow {
  readonly duration = new MergedHistogram();
  readonly memoryDelta = new MergedHistogram();
  readonly errorsByType = new Tally();
  failures = 0;
  active = 0;
}

/** The operations by name; their dimensions are added up. */
export function readOperations(points: PointsByName, cap: number): ReadonlyMap<string, OperationRow> {
  const rows = new Rows(cap, () => new OperationRow());
  for (const { attributes, value } of points.histograms(OPERATION_DURATION.name)) {
    const row = rows.row(attributeName(attributes, ATTR_OPERATION_NAME) ?? OTHER);
    row.duration.add(value);
    const errorType = attributes[ATTR_ERROR_TYPE];
    if (errorType === undefined || !(value.count > 0)) continue;
    row.failures += value.count;
    row.errorsByType.add(String(errorType), value.count);
  }
  for (const { attributes, value } of points.numbers(OPERATION_ACTIVE.name)) {
    rows.row(attributeName(attributes, ATTR_OPERATION_NAME) ?? OTHER).active += value;
  }
  for (const { attributes, value } of points.histograms(OPERATION_MEMORY_DELTA.name)) {
    rows.row(attributeName(attributes, ATTR_OPERATION_NAME) ?? OTHER).memoryDelta.add(value);
  }
  return rows.all;
}
