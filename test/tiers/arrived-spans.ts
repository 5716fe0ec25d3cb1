import type { OtlpSink } from '../otlp/sink.js';
import { until } from './until.js';

/** How often each span has arrived, by its id. */
export function arrivals(sink: OtlpSink): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, id] of sink.receivedText().matchAll(/"spanId":"([0-9a-f]{16})"/g)) {
    counts.set(id as string, (counts.get(id as string) ?? 0) + 1);
  }
  return counts;
}

/** Waits until as many different spans are there; gives back what is there then, or when the time is over. */
export const arrivalsWhen = (sink: OtlpSink, count: number, timeoutMillis: number) =>
  until(
    () => arrivals(sink),
    (counts) => counts.size >= count,
    timeoutMillis,
  );
