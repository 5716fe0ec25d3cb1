import { ATTR_CACHE_NAME, ATTR_CACHE_RESULT, CACHE_REQUESTS } from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import type { PointsByName } from './points-by-name.js';
import { ratio } from './ratio.js';
import { Rows } from './rows.js';
import { OTHER } from './snapshot.js';
import type { CacheSnapshot } from './usage-snapshot.js';

/** The caches. A request in the overflow series has no result any more and is left out. */
export function readCaches(points: PointsByName, cap: number): CacheSnapshot[] {
  const rows = new Rows(cap, () => ({ hits: 0, misses: 0 }));
  for (const { attributes, value } of points.numbers(CACHE_REQUESTS.name)) {
    const result = attributes[ATTR_CACHE_RESULT];
    if (result !== 'hit' && result !== 'miss') continue;
    const row = rows.row(attributeName(attributes, ATTR_CACHE_NAME) ?? OTHER);
    if (result === 'hit') row.hits += value;
    else row.misses += value;
  }
  return [...rows.all].map(([name, { hits, misses }]) => ({
    name,
    hits,
    misses,
    ...ratio('hitRatio', hits, hits + misses),
  }));
}
