import { ATTR_COLLECTOR_NAME, ATTR_WORKER_ID, CUSTOM_METRIC_PREFIX } from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import type { PointsByName } from './points-by-name.js';
import { OTHER } from './snapshot.js';

/** The last values of custom collectors, at most `cap` of them; a worker's are those of `worker/<id>/<name>`. */
export function readCustomValues(points: PointsByName, cap: number): Record<string, Record<string, number>> {
  const collectors = new Map<string, Map<string, number>>();
  let values = 0;
  for (const metric of points.names) {
    if (!metric.startsWith(CUSTOM_METRIC_PREFIX)) continue;
    for (const { attributes, value } of points.numbers(metric)) {
      if (values >= cap) break;
      values += 1;
      const worker = attributes[ATTR_WORKER_ID];
      const name = attributeName(attributes, ATTR_COLLECTOR_NAME) ?? OTHER;
      const collector = worker === undefined ? name : `worker/${worker}/${name}`;
      const keys = collectors.get(collector) ?? new Map<string, number>();
      collectors.set(collector, keys.set(metric.slice(CUSTOM_METRIC_PREFIX.length), value));
    }
  }
  return Object.fromEntries([...collectors].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}
