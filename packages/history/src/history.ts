import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { CounterRing } from './counter-ring.js';
import type { HealthSnapshot } from './health-snapshot.js';
import { PointsByName } from './points-by-name.js';
import { readTotals, type Totals } from './read-totals.js';
import type { ResourcesSnapshot } from './resources-snapshot.js';
import type { ServiceSnapshot, Snapshot } from './snapshot.js';
import { errorsSnapshot, operationSnapshots, rateCounters } from './with-rates.js';

/** What a snapshot holds that is no metric. */
export interface SnapshotInputs {
  readonly service: ServiceSnapshot;
  readonly health: HealthSnapshot;
  /** What is known better than from metrics; it replaces the fields of the same name. */
  readonly resources?: ResourcesSnapshot | undefined;
  /** The time of the snapshot in milliseconds since the epoch. Default: now. */
  readonly now?: number | undefined;
}

/** How much is kept. */
export interface HistoryOptions {
  /** Most rows of each table of a snapshot; what comes after is added up in the row `_OTHER`. Default 500. */
  readonly maxRows?: number | undefined;
}

const DEFAULT_MAX_ROWS = 500;

/**
 * Keeps what was last observed of the cumulative metrics and, for rates, the counts of the last five minutes: bounded,
 * whatever is recorded. It reads metrics by their OpenTelemetry name, added up over scopes and dimensions, and never throws
 * for what is missing, empty or has begun anew.
 */
export class History {
  readonly #maxRows: number;
  readonly #counters = new CounterRing();
  #totals: Totals;

  constructor({ maxRows = DEFAULT_MAX_ROWS }: HistoryOptions = {}) {
    this.#maxRows = maxRows;
    this.#totals = readTotals(new PointsByName([]), maxRows);
  }

  /**
   * Takes in a collection. Every 5 s is often enough; what comes within 4 s of another replaces it for rates.
   *
   * @param scopeMetrics all metrics, cumulative; nothing of it is kept by reference
   * @param atMillis when it was collected, in milliseconds since the epoch
   */
  observe(scopeMetrics: readonly ScopeMetrics[], atMillis: number): void {
    const points = new PointsByName(scopeMetrics);
    this.#totals = readTotals(points, this.#maxRows);
    this.#counters.observe(rateCounters(this.#totals), atMillis, points.startMillis());
  }

  /** About what the past of the counters holds, in bytes. */
  get memoryBytes(): number {
    return this.#counters.memoryBytes;
  }

  /** What the last observation showed, with rates over the last minute and five minutes before it. */
  snapshot({ service, health, resources, now = Date.now() }: SnapshotInputs): Snapshot {
    const { features, workflows, caches, custom, series } = this.#totals;
    return {
      time: new Date(now).toISOString(),
      service,
      operations: operationSnapshots(this.#totals, this.#counters),
      errors: errorsSnapshot(this.#totals, this.#counters),
      usage: { features, workflows },
      caches,
      health,
      resources: { ...this.#totals.resources, ...resources },
      custom,
      series,
    };
  }
}
