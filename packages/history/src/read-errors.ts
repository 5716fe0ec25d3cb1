import { ATTR_ERROR_SEVERITY, ATTR_ERROR_TYPE, ATTR_OPERATION_NAME, ERRORS } from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import type { PointsByName } from './points-by-name.js';
import { OTHER } from './snapshot.js';
import { Tally } from './tally.js';

/** The errors added up in three ways. */
export class ErrorTotals {
  total = 0;
  readonly byType = new Tally();
  readonly bySeverity = new Tally();
  readonly byOperation = new Tally();
}

export function readErrors(points: PointsByName): ErrorTotals {
  const totals = new ErrorTotals();
  for (const { attributes, value } of points.numbers(ERRORS.name)) {
    totals.total += value;
    totals.byType.add(attributeName(attributes, ATTR_ERROR_TYPE) ?? OTHER, value);
    totals.bySeverity.add(attributeName(attributes, ATTR_ERROR_SEVERITY) ?? OTHER, value);
    const operation = attributeName(attributes, ATTR_OPERATION_NAME);
    if (operation !== undefined) totals.byOperation.add(operation, value);
  }
  return totals;
}
