import type { SumSeries } from '@otel-monitor/bound-metrics';
import { isRecording } from './is-recording.js';

/**
 * The requests to one cache, counted by result in `monitor.cache.requests`. No method throws, and each may be passed on
 * without its object: `reader.on('hit', cache.hit)`.
 */
export class Cache {
  constructor(
    /** Name as it is recorded. */
    readonly name: string,
    private readonly hits: SumSeries,
    private readonly misses: SumSeries,
  ) {}

  /** Counts a request that the cache answered. */
  readonly hit = (): void => {
    if (isRecording()) this.hits.add(1);
  };

  /** Counts a request that the cache could not answer. */
  readonly miss = (): void => {
    if (isRecording()) this.misses.add(1);
  };
}
