import { ATTR_METRIC_NAME, SERIES_OVERFLOW } from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import type { PointsByName } from './points-by-name.js';
import { OTHER, type SeriesSnapshot } from './snapshot.js';
import { Tally } from './tally.js';

export function readOverflow(points: PointsByName): SeriesSnapshot {
  const overflow = new Tally();
  for (const { attributes, value } of points.numbers(SERIES_OVERFLOW.name)) {
    overflow.add(attributeName(attributes, ATTR_METRIC_NAME) ?? OTHER, value);
  }
  return { overflow: Object.entries(overflow.toRecord()).map(([metric, measurements]) => ({ metric, measurements })) };
}
