import type { HrTime, TimeInput } from '@opentelemetry/api';
import { isTimeInputHrTime, millisToHrTime } from '@opentelemetry/core';

/** A number below is a reading of `performance.now()`, of at most 30 years; one above is milliseconds since the epoch. */
const LEAST_EPOCH_MILLIS = 1e12;

/**
 * Turns readings of `performance.now()` into times since the epoch. The wall clock is read once for a trace's first span
 * in this process: within the trace times have nanoseconds and never run backwards.
 */
export class SpanClock {
  readonly #epochMillis = Date.now();

  /** @param nowMillis the present reading of `performance.now()` */
  constructor(private readonly nowMillis: number) {}

  isOlderThan(millis: number, nowMillis: number): boolean {
    return nowMillis - this.nowMillis > millis;
  }

  /** Milliseconds since the epoch, with microseconds. */
  epochMillis(performanceMillis: number): number {
    return this.#epochMillis + (performanceMillis - this.nowMillis);
  }

  /** The time of a reading. */
  hrTime(performanceMillis: number): HrTime {
    const sinceStart = performanceMillis - this.nowMillis;
    const whole = Math.floor(sinceStart);
    const millis = this.#epochMillis + whole;
    const seconds = Math.floor(millis / 1000);
    return [seconds, (millis - seconds * 1000) * 1_000_000 + Math.floor((sinceStart - whole) * 1_000_000)];
  }

  /** Any time that the API takes; now when there is none. */
  read(time: TimeInput | undefined): HrTime {
    if (typeof time === 'number') return time < LEAST_EPOCH_MILLIS ? this.hrTime(time) : millisToHrTime(time);
    if (time instanceof Date) return millisToHrTime(time.getTime());
    if (isTimeInputHrTime(time)) return time;
    return this.hrTime(performance.now());
  }
}
