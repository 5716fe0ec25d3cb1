import { PercentUnit, RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import { ATTR_CACHE_NAME, ATTR_CACHE_RESULT, CACHE_REQUESTS } from '@otel-monitor/semconv';
import { seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { CACHE_HITS } from '../limits.js';
import { by, chosen, rate, share, where } from '../promql.js';
import { each } from '../query.js';
import { timeSeries } from '../time-series-panel.js';

const requests = seriesName(CACHE_REQUESTS);
const caches = ['job', ATTR_CACHE_NAME];
const results = [...caches, ATTR_CACHE_RESULT];

/** Caches: `monitor.cache(name).hit()` and `.miss()`. */
export const cachePanels: Section = {
  title: 'Caches',
  panels: [
    timeSeries({
      title: 'Hits of caches',
      description: 'Share of the requests to each cache that it could answer: monitor.cache(name).hit() and .miss().',
      width: 12,
      unit: PercentUnit,
      max: 1,
      limits: CACHE_HITS,
      queries: [
        each(
          caches,
          share(caches, rate(chosen(requests, where(ATTR_CACHE_RESULT, '=', 'hit'))), rate(chosen(requests))),
        ),
      ],
    }),
    timeSeries({
      title: 'Requests to caches',
      description: 'Hits and misses of each cache.',
      width: 12,
      unit: RequestsPerSecond,
      queries: [each(results, by(results, rate(chosen(requests))))],
    }),
  ],
};
