import type { MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { BoundInstrument, MetricStore, Series } from '@otel-monitor/bound-metrics';
import { type Family, type FamilyMember, sampleNames, seriesOf } from './family.js';
import type { Label } from './label-set.js';
import { describeBound, describeData, type MetricDescription } from './metric-description.js';
import type { ProblemLog, ProblemReason } from './problem.js';
import { scopeLabels } from './scope-labels.js';
import { TARGET_INFO } from './target-info.js';

/** The store, as far as its series are read here. */
export type BoundStore = Pick<MetricStore, 'scopes'>;

/** Between two places to pause: a fraction of a millisecond. */
const SERIES_A_STEP = 2000;
const METRICS_A_STEP = 50;

/**
 * The families of a collection and of a store, sorted by name. Of what cannot stand together the first stays: the
 * Collector keeps one of them too, but any. Never throws, whatever it is given. Yields where work may pause.
 */
export function* groupFamilies(
  resourceMetrics: ResourceMetrics,
  store: BoundStore | undefined,
  problems: ProblemLog,
): Generator<undefined, Family[], undefined> {
  const groups = new FamilyGroups(problems);
  try {
    for (const scopeMetrics of resourceMetrics.scopeMetrics) {
      try {
        const labels = scopeLabels(scopeMetrics.scope);
        for (const data of scopeMetrics.metrics) {
          groups.add(data, labels);
          if (groups.isStepOver()) yield undefined;
        }
      } catch {
        problems.count('malformed');
        problems.tell('');
      }
    }
  } catch {
    problems.count('malformed');
    problems.tell('');
  }
  for (const { scope, all } of store?.scopes ?? []) {
    const labels = scopeLabels(scope);
    for (const instrument of all) {
      groups.addBound(instrument, labels);
      if (groups.isStepOver()) yield undefined;
    }
  }
  return groups.sorted();
}

class FamilyGroups {
  private readonly families = new Map<string, Family>();
  /** Every name that samples have, so that no two families write the same one. */
  private readonly taken = new Set<string>([TARGET_INFO]);
  private stepMetrics = 0;
  private stepSeries = 0;

  constructor(private readonly problems: ProblemLog) {}

  add(data: MetricData, labels: readonly Label[]): void {
    let metric = '';
    try {
      metric = String(data.descriptor.name);
      // a copy: what the array of a stranger does when it is read, it does here
      const points: unknown[] = [...data.dataPoints];
      this.member({ metric, points, bound: [], scopeLabels: labels }, () => describeData(data));
    } catch {
      this.problems.count('malformed');
    }
    this.problems.tell(metric);
  }

  addBound(instrument: BoundInstrument<Series>, labels: readonly Label[]): void {
    let metric = '';
    try {
      const { definition, all } = instrument;
      metric = String(definition.name);
      const bound = all.filter((series) => series.touched);
      this.member({ metric, points: [], bound, scopeLabels: labels }, () => describeBound(definition));
    } catch {
      this.problems.count('malformed');
    }
    this.problems.tell(metric);
  }

  /** Whether enough has been done for one go; asking begins the next one. */
  isStepOver(): boolean {
    if (this.stepMetrics < METRICS_A_STEP && this.stepSeries < SERIES_A_STEP) return false;
    this.stepMetrics = 0;
    this.stepSeries = 0;
    return true;
  }

  sorted(): Family[] {
    return [...this.families.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private member(member: FamilyMember, describe: () => MetricDescription | undefined): void {
    const series = seriesOf(member);
    this.stepMetrics += 1;
    this.stepSeries += series;
    // a metric without a series has no say about the family
    if (series === 0) return;
    const reason = this.join(describe(), member);
    if (reason !== undefined) this.problems.count(reason, series);
  }

  /** Puts a metric into its family; says what is wrong with it, else undefined. */
  private join(description: MetricDescription | undefined, member: FamilyMember): ProblemReason | undefined {
    if (description === undefined) return 'malformed';
    if (description.isDelta) return 'delta_temporality';
    const { name, type, help, unit } = description;
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
