import type { MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { type Family, type FamilyMember, type FamilyType, sampleNames } from './family.js';
import type { Label } from './label-set.js';
import { prometheusName } from './metric-name.js';
import type { ProblemLog, ProblemReason } from './problem.js';
import { scopeLabels } from './scope-labels.js';
import { TARGET_INFO } from './target-info.js';

/** The values of the SDK's enums, whose module must not be loaded by those who have no SDK. */
const POINT_HISTOGRAM = 0;
const POINT_EXPONENTIAL_HISTOGRAM = 1;
const POINT_GAUGE = 2;
const POINT_SUM = 3;
const DELTA = 0;

/**
 * The families of a collection, sorted by name. Of what cannot stand together the first stays: the Collector keeps one
 * of them too, but any. Never throws, whatever it is given.
 */
export function groupFamilies(resourceMetrics: ResourceMetrics, problems: ProblemLog): Family[] {
  const groups = new FamilyGroups(problems);
  try {
    for (const scopeMetrics of resourceMetrics.scopeMetrics) {
      try {
        const labels = scopeLabels(scopeMetrics.scope);
        for (const data of scopeMetrics.metrics) groups.add(data, labels);
      } catch {
        problems.count('malformed');
        problems.tell('');
      }
    }
  } catch {
    problems.count('malformed');
    problems.tell('');
  }
  return groups.sorted();
}

class FamilyGroups {
  private readonly families = new Map<string, Family>();
  /** Every name that samples have, so that no two families write the same one. */
  private readonly taken = new Set<string>([TARGET_INFO]);

  constructor(private readonly problems: ProblemLog) {}

  add(data: MetricData, labels: readonly Label[]): void {
    let metric = '';
    try {
      metric = String(data.descriptor.name);
      // a copy: what the array of a stranger does when it is read, it does here
      const points: unknown[] = [...data.dataPoints];
      // a metric without a series has no say about the family
      if (points.length > 0) {
        const reason = this.join(data, { metric, points, scopeLabels: labels });
        if (reason !== undefined) this.problems.count(reason, points.length);
      }
    } catch {
      this.problems.count('malformed');
    }
    this.problems.tell(metric);
  }

  sorted(): Family[] {
    return [...this.families.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Puts a metric into its family; says what is wrong with it, else undefined. */
  private join(data: MetricData, member: FamilyMember): ProblemReason | undefined {
    const type = familyType(data);
    if (type === undefined) return 'malformed';
    const isGauge = data.dataPointType === POINT_GAUGE;
    if (!isGauge && data.aggregationTemporality === DELTA) return 'delta_temporality';
    const unit = text(data.descriptor.unit);
    const help = text(data.descriptor.description);
    const name = prometheusName({ name: member.metric, unit, kind: isGauge ? 'gauge' : kindOf[type] });
    if (name === '' || name === TARGET_INFO) return 'invalid_name';

    const family = this.families.get(name);
    if (family === undefined) {
      const names = sampleNames({ name, type });
      if (names.some((taken) => this.taken.has(taken))) return 'name_collision';
      for (const taken of names) this.taken.add(taken);
      this.families.set(name, { name, type, help, unit, members: [member] });
      return undefined;
    }
    if (family.type !== type) return 'type_conflict';
    family.members.push(member);
    return family.help === help ? undefined : 'help_conflict';
  }
}

/** A sum that is no counter is shown as a gauge, but named as a sum: unit `1` adds no `_ratio` to it. */
const kindOf = { counter: 'counter', gauge: 'up_down_counter', histogram: 'histogram' } as const;

function familyType(data: MetricData): FamilyType | undefined {
  switch (data.dataPointType as number) {
    case POINT_HISTOGRAM:
    case POINT_EXPONENTIAL_HISTOGRAM:
      return 'histogram';
    case POINT_GAUGE:
      return 'gauge';
    case POINT_SUM:
      return (data as { isMonotonic?: unknown }).isMonotonic === true ? 'counter' : 'gauge';
    default:
      return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
