/** What can be wrong with data, so that it is left out or shown otherwise than it came. */
export type ProblemReason =
  /** No Prometheus name can be made of it, or the name is taken by `target_info`. Dropped. */
  | 'invalid_name'
  /** The name belongs to a metric of another type already. Dropped: two TYPE lines for one name are not allowed. */
  | 'type_conflict'
  /** Its samples would be named like those of another metric (`x.count` beside a histogram `x`). Dropped. */
  | 'name_collision'
  /** Another metric of that name has another description, whose HELP is shown. Nothing is dropped. */
  | 'help_conflict'
  /** Attribute keys that become one label, whose values are joined by `;`, or a reserved label, renamed. Nothing is dropped. */
  | 'label_conflict'
  /** The same name and labels as a series before it. Dropped. */
  | 'duplicate_series'
  /** Data that cannot be read, or that contradict themselves. Dropped. */
  | 'malformed'
  /** Prometheus has cumulative values only. Dropped. */
  | 'delta_temporality'
  /** OpenMetrics forbids it (a counter that is negative or not a number); the text format shows it. Dropped. */
  | 'not_in_openmetrics';

/** One thing that was wrong, once a metric and reason. */
export interface ExpositionProblem {
  readonly reason: ProblemReason;
  /** Name of the metric in OpenTelemetry; empty when it could not be read. */
  readonly metric: string;
  /** How many series it concerns. */
  readonly series: number;
  /** False: all is shown, only not exactly as it came. */
  readonly dropped: boolean;
}

const shownAllTheSame: ReadonlySet<ProblemReason> = new Set(['help_conflict', 'label_conflict']);

/** Counts what was wrong and tells it, metric by metric, to a callback that may itself be broken. */
export class ProblemLog {
  private readonly counts = new Map<ProblemReason, number>();

  constructor(private readonly onProblem: ((problem: ExpositionProblem) => void) | undefined) {}

  /** Counts `series` of the metric at hand; `tell` names it. */
  count(reason: ProblemReason, series = 1): void {
    if (this.onProblem !== undefined) this.counts.set(reason, (this.counts.get(reason) ?? 0) + series);
  }

  /** Tells what was counted since the last call. */
  tell(metric: string): void {
    if (this.counts.size === 0) return;
    const counted = [...this.counts];
    this.counts.clear();
    for (const [reason, series] of counted) {
      try {
        this.onProblem?.({ reason, metric, series, dropped: !shownAllTheSame.has(reason) });
      } catch {
        // a scrape is not lost for a callback
      }
    }
  }
}
