import type { BucketExemplars } from '@otel-monitor/bound-metrics';
import type { WireExemplar } from '../wire/message.js';

const WORDS = 6;

/** The exemplars of a series that are newer than `sinceMillis`, and the time of the newest. */
export function newExemplars(
  id: number,
  { values, timesMillis, ids }: BucketExemplars,
  sinceMillis: number,
): { exemplars: WireExemplar[]; newestMillis: number } {
  const exemplars: WireExemplar[] = [];
  let newestMillis = sinceMillis;
  for (let bucket = 0; bucket < values.length; bucket += 1) {
    const time = timesMillis[bucket]!;
    // another one of the very millisecond that was told last is no news
    if (time <= sinceMillis) continue;
    exemplars.push([id, bucket, values[bucket]!, time, ...ids.subarray(WORDS * bucket, WORDS * (bucket + 1))]);
    if (time > newestMillis) newestMillis = time;
  }
  return { exemplars, newestMillis };
}
