import { type EventLoopUtilization, type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ScopedInstruments } from '@otel-monitor/bound-metrics';
import {
  NODEJS_EVENTLOOP_DELAY_MAX,
  NODEJS_EVENTLOOP_DELAY_MEAN,
  NODEJS_EVENTLOOP_DELAY_MIN,
  NODEJS_EVENTLOOP_DELAY_P50,
  NODEJS_EVENTLOOP_DELAY_P90,
  NODEJS_EVENTLOOP_DELAY_P99,
  NODEJS_EVENTLOOP_DELAY_STDDEV,
  NODEJS_EVENTLOOP_TIME,
  NODEJS_EVENTLOOP_UTILIZATION,
} from '@otel-monitor/semconv';
import type { MutableResourceReading } from '../resource-reading.js';
import { MetricGroup } from './metric-group.js';

/**
 * Milliseconds between two looks of the timer that measures the delay. Each look wakes the process: every 20 ms that is
 * 0.2 % of a processor for a program that does nothing, every 100 ms 0.05 %.
 */
const RESOLUTION_MILLIS = 100;
const NANOS = 1e9;
/** A shorter stretch holds too few looks to tell anything, and its busy share is that of whoever asks. */
const MIN_MILLIS = 500;

/** The event loop: how late its timers are, and how busy it is. */
export class EventLoopMetrics {
  readonly #group: MetricGroup;
  readonly #delays;
  readonly #p99;
  readonly #stddev;
  readonly #time;
  readonly #utilization;
  readonly #histogram: IntervalHistogram;
  #before: EventLoopUtilization = performance.eventLoopUtilization();
  #recordedAt = Number.NEGATIVE_INFINITY;
  #p99Seconds: number | undefined;
  #busyShare: number | undefined;

  constructor(instruments: ScopedInstruments) {
    const group = new MetricGroup(instruments);
    this.#group = group;
    const delay = (definition: typeof NODEJS_EVENTLOOP_DELAY_MIN, read: (of: IntervalHistogram) => number) =>
      ({ metric: group.metric(definition), read }) as const;
    this.#delays = [
      delay(NODEJS_EVENTLOOP_DELAY_MIN, (of) => of.min),
      delay(NODEJS_EVENTLOOP_DELAY_MAX, (of) => of.max),
      delay(NODEJS_EVENTLOOP_DELAY_MEAN, (of) => of.mean),
      delay(NODEJS_EVENTLOOP_DELAY_P50, (of) => of.percentile(50)),
      delay(NODEJS_EVENTLOOP_DELAY_P90, (of) => of.percentile(90)),
    ];
    this.#p99 = group.metric(NODEJS_EVENTLOOP_DELAY_P99);
    this.#stddev = group.metric(NODEJS_EVENTLOOP_DELAY_STDDEV);
    this.#time = group.metric(NODEJS_EVENTLOOP_TIME);
    this.#utilization = group.metric(NODEJS_EVENTLOOP_UTILIZATION);
    // its timer does not keep the process alive
    this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MILLIS });
    this.#histogram.enable();
  }

  record(resources: MutableResourceReading): void {
    const now = performance.now();
    if (now - this.#recordedAt >= MIN_MILLIS) {
      this.#recordedAt = now;
      this.#recordDelay();
      this.#recordUtilization();
      this.#group.endRound();
    }
    resources.eventLoopDelayP99Seconds = this.#p99Seconds;
    resources.eventLoopUtilization = this.#busyShare;
  }

  clear(): void {
    this.#histogram.disable();
    this.#group.clear();
  }

  #recordDelay(): void {
    const histogram = this.#histogram;
    this.#p99Seconds = undefined;
    if (histogram.count === 0) return;
    for (const { metric, read } of this.#delays) metric.set(delaySeconds(read(histogram)));
    this.#p99Seconds = delaySeconds(histogram.percentile(99));
    this.#p99.set(this.#p99Seconds);
    this.#stddev.set(histogram.stddev / NANOS);
    histogram.reset();
  }

  #recordUtilization(): void {
    const now = performance.eventLoopUtilization();
    // all zero until the loop starts: while the main module is loaded
    if (now.active + now.idle === 0) return;
    this.#time.set(now.active / 1000, 'active');
    this.#time.set(now.idle / 1000, 'idle');
    const { utilization } = performance.eventLoopUtilization(now, this.#before);
    this.#before = now;
    this.#utilization.set(utilization);
    this.#busyShare = utilization;
  }
}

/** Node measures from one look to the next: the delay is what is beyond the time that was asked for. */
function delaySeconds(nanos: number): number {
  return Math.max(0, nanos / NANOS - RESOLUTION_MILLIS / 1000);
}
