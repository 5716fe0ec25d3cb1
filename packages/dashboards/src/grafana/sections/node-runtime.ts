import { BytesIEC, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  NODEJS_EVENTLOOP_DELAY_P99,
  NODEJS_EVENTLOOP_UTILIZATION,
  V8JS_GC_DURATION,
  V8JS_MEMORY_HEAP_USED,
} from '@otel-monitor/semconv';
import { seriesName, sumName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { CPU, EVENT_LOOP, GARBAGE_COLLECTION } from '../limits.js';
import { by, chosen, rate } from '../promql.js';
import { each } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { EACH_PROCESS } from './by-process.js';

const ofEach = (expression: string) => [each(EACH_PROCESS, by(EACH_PROCESS, expression))];

/** Event loop, garbage collection and heap. */
export const nodeRuntime: Section = {
  title: 'Node.js',
  panels: [
    timeSeries({
      title: 'Delay of the event loop, p99',
      description: 'How late timers are. Every request waits that long.',
      width: 6,
      unit: Seconds,
      limits: EVENT_LOOP,
      queries: ofEach(chosen(seriesName(NODEJS_EVENTLOOP_DELAY_P99))),
    }),
    timeSeries({
      title: 'Event loop in use',
      description: 'Share of the time in which the event loop had something to do. At 100 % the process is full.',
      width: 6,
      unit: PercentUnit,
      max: 1,
      limits: CPU,
      queries: ofEach(chosen(seriesName(NODEJS_EVENTLOOP_UTILIZATION))),
    }),
    timeSeries({
      title: 'Garbage collection',
      description: 'Share of the time that is spent collecting garbage.',
      width: 6,
      unit: PercentUnit,
      limits: GARBAGE_COLLECTION,
      queries: ofEach(rate(chosen(sumName(V8JS_GC_DURATION)))),
    }),
    timeSeries({
      title: 'Heap in use',
      description: 'Bytes used on the heap, all of its spaces together.',
      width: 6,
      unit: BytesIEC,
      queries: ofEach(chosen(seriesName(V8JS_MEMORY_HEAP_USED))),
    }),
  ],
};
