import type { HrTime } from '@opentelemetry/api';

const NANOS_A_MILLI = 1_000_000;
let last = 0;

/** Now, as seconds and nanoseconds since the epoch. */
export function hrTimeNow(): HrTime {
  return hrTime(0);
}

/**
 * Now, with nanoseconds that tell it from the start of another series in the same millisecond: who computes deltas sees
 * by it that a series was begun anew.
 */
export function distinctStartTime(): HrTime {
  last = (last + 1) % NANOS_A_MILLI;
  return hrTime(last);
}

/** Whether `a` comes after `b`. */
export function isLater(a: HrTime, b: HrTime): boolean {
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

function hrTime(nanos: number): HrTime {
  const millis = Date.now();
  const seconds = Math.floor(millis / 1000);
  return [seconds, Math.round(millis - seconds * 1000) * NANOS_A_MILLI + nanos];
}
