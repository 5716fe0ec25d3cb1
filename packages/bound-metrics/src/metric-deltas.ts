import type { HrTime } from '@opentelemetry/api';
import type { DataPoint, MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { AttributeKeys } from './attribute-keys.js';
import { metricData } from './collect-store.js';
import { CUMULATIVE, DELTA, POINT_EXPONENTIAL_HISTOGRAM, POINT_HISTOGRAM, POINT_SUM } from './metric-data.js';
import type { MetricStore } from './metric-store.js';
import { difference, type PointValue } from './point-difference.js';
import type { Series } from './series.js';
import { hrTimeNow, isLater } from './start-time.js';

/** Series whose last report is remembered; those beyond it are left out of the deltas and counted as rejected. */
const MAX_SERIES = 100_000;
/** Series that were given up since the last collection. */
const MAX_LEFT = 2000;

/** Deltas that were not reported yet. */
export interface Deltas {
  readonly scopeMetrics: ScopeMetrics[];
  /** Takes them as reported: the next deltas begin here. Without it the next ones hold these as well. */
  commit(): void;
}

export interface DeltaOptions {
  /** Sums whose total is observed: default `delta`; `cumulative` is what `lowmemory` asks for. */
  readonly observableCounters?: 'delta' | 'cumulative';
}

/** What a commit will change in the books. */
interface Changes {
  /** By series; undefined: it is gone. */
  readonly reports: Map<string, Reported | undefined>;
  /** Series among them that were not known before. */
  added: number;
}

interface Reported {
  readonly startTime: HrTime;
  readonly value: PointValue;
}

/**
 * Makes deltas of what was collected cumulatively, for one receiver: counters and histograms since the last commit,
 * series that did not change left out; gauges and sums that may fall stay as they are (OTLP exporter specification,
 * `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`). Nothing is lost when an export fails: it is not committed.
 */
export class MetricDeltas {
  readonly #reported = new Map<string, Reported>();
  readonly #keys = new AttributeKeys();
  readonly #left = new Set<ScopeMetrics>();
  readonly #observableCounters: 'delta' | 'cumulative';
  readonly #stop: () => void;
  #reportedUntil: HrTime = [0, 0];
  #made = 0;
  #committed = 0;

  constructor(
    private readonly store: MetricStore,
    { observableCounters = 'delta' }: DeltaOptions = {},
  ) {
    this.#observableCounters = observableCounters;
    this.#stop = store.onUnbind((series) => this.#leave(series));
  }

  /** The deltas of `collected`, and of the store's series that were given up in between. Never throws on SDK data. */
  since(collected: readonly ScopeMetrics[]): Deltas {
    const left = [...this.#left];
    const changes: Changes = { reports: new Map(), added: 0 };
    const scopeMetrics: ScopeMetrics[] = [];
    for (const scope of left) this.#convert(scope, changes, true, scopeMetrics);
    for (const scope of collected) this.#convert(scope, changes, false, scopeMetrics);
    const now = hrTimeNow();
    this.#made += 1;
    const number = this.#made;
    return {
      scopeMetrics,
      commit: () => {
        // older ones than what was reported are in it
        if (number <= this.#committed) return;
        this.#committed = number;
        for (const [key, report] of changes.reports) {
          if (report === undefined) this.#reported.delete(key);
          else this.#reported.set(key, report);
        }
        for (const scope of left) this.#left.delete(scope);
        this.#reportedUntil = now;
        changes.reports.clear();
      },
    };
  }

  /** Series that are remembered. */
  get size(): number {
    return this.#reported.size + this.#left.size;
  }

  /** Forgets everything; series that are given up are not remembered any more. */
  close(): void {
    this.#stop();
    this.#reported.clear();
    this.#left.clear();
  }

  #leave(series: Series): void {
    if (!series.touched) return;
    if (this.#left.size >= MAX_LEFT) {
      this.store.rejected();
      return;
    }
    const { family } = series;
    const metrics = [metricData(family, [series], hrTimeNow())];
    this.#left.add({ scope: { name: family.scope.name, version: family.scope.version }, metrics });
  }

  #convert({ scope, metrics }: ScopeMetrics, changes: Changes, isLast: boolean, into: ScopeMetrics[]): void {
    const converted: MetricData[] = [];
    for (const metric of metrics) {
      if (!this.#isDelta(metric)) {
        if (!isLast) converted.push(metric);
        continue;
      }
      const name = `${scope.name}\n${scope.version ?? ''}\n${scope.schemaUrl ?? ''}\n${metric.descriptor.name}\n${metric.dataPointType}\n`;
      const dataPoints: DataPoint<PointValue>[] = [];
      for (const point of metric.dataPoints as DataPoint<PointValue>[]) {
        const delta = this.#delta(name + this.#keys.of(point.attributes), point, changes, isLast);
        if (delta !== undefined) dataPoints.push(delta);
      }
      if (dataPoints.length > 0) converted.push({ ...metric, aggregationTemporality: DELTA, dataPoints } as MetricData);
    }
    if (converted.length > 0) into.push({ scope, metrics: converted });
  }

  #isDelta({ dataPointType, aggregationTemporality, descriptor, ...rest }: MetricData): boolean {
    if ((aggregationTemporality as number) !== CUMULATIVE) return false;
    const kind = dataPointType as number;
    if (kind === POINT_HISTOGRAM || kind === POINT_EXPONENTIAL_HISTOGRAM) return true;
    if (kind !== POINT_SUM || !(rest as { isMonotonic?: boolean }).isMonotonic) return false;
    const { type } = descriptor as { type?: string };
    return type !== 'OBSERVABLE_COUNTER' || this.#observableCounters === 'delta';
  }

  #delta(
    key: string,
    { startTime, endTime, attributes, value }: DataPoint<PointValue>,
    changes: Changes,
    isLast: boolean,
  ): DataPoint<PointValue> | undefined {
    const known = this.#reported.get(key);
    if (known === undefined && !isLast) {
      if (this.#reported.size + changes.added >= MAX_SERIES) {
        this.store.rejected();
        return undefined;
      }
      changes.added += 1;
    }
    const isSame = known !== undefined && isEqual(known.startTime, startTime);
    changes.reports.set(key, isLast ? undefined : { startTime, value });
    const delta = difference(value, isSame ? known.value : undefined);
    if (delta === undefined) return undefined;
    const since = this.#reportedUntil;
    const start = isLater(since, startTime) ? since : startTime;
    return { startTime: isLater(start, endTime) ? endTime : start, endTime, attributes, value: delta };
  }
}

function isEqual(a: HrTime, b: HrTime): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
