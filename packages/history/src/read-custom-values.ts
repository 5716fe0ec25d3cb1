import { ATTR_COLLECTOR_NAME, CUSTOM_METRIC_PREFIX } from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import type { PointsByName } from './points-by-name.js';
import { OTHER } from './snapshot.js';

/** The last values of custom collectors, at most `cap` of them. */
export function readCustomValues(points: PointsByName, cap: number): Record<string, Record<string, number>> {
  const collectors = new Map<string, Map<string, number>>();
  let values = 0;
  for (const name of points.names) {
    if (!name.startsWith(CUSTOM_METRIC_PREFIX)) continue;
    for (const { attributes, value } of points.numbers(name)) {
      if (values >= cap) break;
      values += 1;
      const collector = attributeName(attributes, ATTR_COLLECTOR_NAME) ?? OTHER;
      const keys = collectors.get(collector) ?? new Map<string, number>();
      collectors.set(collector, keys.set(name.slice(CUSTOM_METRIC_PREFIX.length), value));
    }
  }
  return Object.fromEntries([...collectors].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}
