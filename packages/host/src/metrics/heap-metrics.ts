import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { HistogramSeries, ScopedInstruments } from '@otel-monitor/bound-metrics';
import {
  ATTR_V8JS_GC_TYPE,
  V8JS_GC_DURATION,
  V8JS_MEMORY_HEAP_SPACE_AVAILABLE_SIZE,
  V8JS_MEMORY_HEAP_SPACE_PHYSICAL_SIZE,
  V8JS_MEMORY_HEAP_SPACE_SIZE,
  V8JS_MEMORY_HEAP_USED,
} from '@otel-monitor/semconv';
import type { MutableResourceReading } from '../resource-reading.js';
import { MetricGroup } from './metric-group.js';

/** The heap of JavaScript by its spaces, and the garbage collections. */
export class HeapMetrics {
  readonly #group: MetricGroup;
  readonly #used;
  readonly #size;
  readonly #available;
  readonly #physical;
  readonly #collections: ReadonlyMap<number, HistogramSeries>;
  readonly #observer: PerformanceObserver;
  readonly #limit = getHeapStatistics().heap_size_limit;

  constructor(instruments: ScopedInstruments) {
    const group = new MetricGroup(instruments);
    this.#group = group;
    this.#used = group.metric(V8JS_MEMORY_HEAP_USED);
    this.#size = group.metric(V8JS_MEMORY_HEAP_SPACE_SIZE);
    this.#available = group.metric(V8JS_MEMORY_HEAP_SPACE_AVAILABLE_SIZE);
    this.#physical = group.metric(V8JS_MEMORY_HEAP_SPACE_PHYSICAL_SIZE);
    const duration = instruments.histogram(V8JS_GC_DURATION);
    const ofType = (type: string) => duration.bind({ [ATTR_V8JS_GC_TYPE]: type });
    this.#collections = new Map([
      [constants.NODE_PERFORMANCE_GC_MINOR, ofType('minor')],
      [constants.NODE_PERFORMANCE_GC_MAJOR, ofType('major')],
      [constants.NODE_PERFORMANCE_GC_INCREMENTAL, ofType('incremental')],
      [constants.NODE_PERFORMANCE_GC_WEAKCB, ofType('weakcb')],
    ]);
    this.#observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#collected(entry);
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  record(resources: MutableResourceReading): void {
    let used = 0;
    for (const space of getHeapSpaceStatistics()) {
      used += space.space_used_size;
      this.#used.set(space.space_used_size, space.space_name);
      this.#size.set(space.space_size, space.space_name);
      this.#available.set(space.space_available_size, space.space_name);
      this.#physical.set(space.physical_space_size, space.space_name);
    }
    resources.heapUsedBytes = used;
    resources.heapLimitBytes = this.#limit;
    this.#group.endRound();
  }

  clear(): void {
    this.#observer.disconnect();
    this.#group.clear();
  }

  #collected(entry: PerformanceEntry): void {
    const { detail } = entry as PerformanceEntry & { detail?: { kind?: number } };
    this.#collections.get(detail?.kind ?? 0)?.record(entry.duration / 1000);
  }
}
