import type { DataPoint, Histogram, ScopeMetrics } from '@opentelemetry/sdk-metrics';

/** The points of every metric by its OpenTelemetry name, those of all scopes together. */
export class PointsByName {
  readonly #points = new Map<string, readonly DataPoint<unknown>[]>();

  constructor(scopeMetrics: readonly ScopeMetrics[]) {
    for (const { metrics } of scopeMetrics) {
      for (const { descriptor, dataPoints } of metrics) {
        const known = this.#points.get(descriptor.name);
        this.#points.set(descriptor.name, known === undefined ? dataPoints : [...known, ...dataPoints]);
      }
    }
  }

  get names(): Iterable<string> {
    return this.#points.keys();
  }

  /** Points of a sum or gauge; what is no finite number is left out. */
  numbers(name: string): DataPoint<number>[] {
    return this.#of(name).filter((point): point is DataPoint<number> => Number.isFinite(point.value));
  }

  /** Points of a histogram of either kind. */
  histograms(name: string): DataPoint<Histogram>[] {
    return this.#of(name).filter((point): point is DataPoint<Histogram> => {
      const value = point.value as Partial<Histogram> | null;
      return typeof value === 'object' && value !== null && Number.isFinite(value.count);
    });
  }

  /** The time at which the oldest of the series began, in milliseconds since the epoch. */
  startMillis(): number | undefined {
    let first = Number.POSITIVE_INFINITY;
    for (const points of this.#points.values()) {
      for (const { startTime } of points) {
        const millis = startTime[0] * 1000 + startTime[1] / 1_000_000;
        if (millis > 0 && millis < first) first = millis;
      }
    }
    return Number.isFinite(first) ? first : undefined;
  }

  #of(name: string): readonly DataPoint<unknown>[] {
    return this.#points.get(name) ?? [];
  }
}
