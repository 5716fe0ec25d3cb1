import { CUSTOM_SERIES_PREFIX } from '../../series.js';
import type { Section } from '../dashboard.js';
import { chosen } from '../promql.js';
import { query } from '../query.js';
import { timeSeries } from '../time-series-panel.js';

/** Figures of the program's own: `monitor.addCollector(name, () => ({ key: figure }))`. */
export const customGauges: Section = {
  title: 'Figures of the program',
  panels: [
    timeSeries({
      title: 'Collectors',
      negative: true,
      description: "Every figure of monitor.addCollector('queue', () => ({ queue_depth: queue.length })), by its key.",
      width: 24,
      queries: [query(chosen('', `__name__=~"${CUSTOM_SERIES_PREFIX}.+"`), '{{__name__}} {{job}} {{instance}}')],
    }),
  ],
};
