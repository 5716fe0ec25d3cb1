import type { HrTime } from '@opentelemetry/api';
import type { Series } from '@otel-monitor/bound-metrics';

const NANOS_A_MILLI = 1_000_000;

/** A series that is added up began with the first of its parts. */
export function earlierStart(series: Series, startMillis: number): void {
  const seconds = Math.floor(startMillis / 1000);
  const start: HrTime = [seconds, Math.round((startMillis - seconds * 1000) * NANOS_A_MILLI)];
  const { startTime, touched } = series;
  const isEarlier = start[0] < startTime[0] || (start[0] === startTime[0] && start[1] < startTime[1]);
  if (isEarlier || !touched) series.startTime = start;
}
