import type { ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';
import type { HistogramSeries, Series, SumSeries } from '@otel-monitor/bound-metrics';
import { explicitBuckets, exponentialBuckets } from './classic-buckets.js';
import { readExemplars } from './exemplar.js';
import { type Family, type FamilyMember, seriesOf } from './family.js';
import type { ExpositionFormat } from './format.js';
import { HistogramLines } from './histogram-lines.js';
import { IdentitySet } from './identity-set.js';
import { NumberLine } from './number-line.js';
import type { ProblemLog } from './problem.js';
import { boundLabels, SeriesLabels } from './series-labels.js';
import type { Slab } from './slab.js';

/** The lines of one series that was set: they may be written in several goes. */
export interface SeriesLines {
  readonly lineCount: number;
  /** No line is longer, in bytes. */
  readonly maxLineBytes: number;
  /** Writes the lines from `from` up to before `to`; there must be room for them. */
  write(slab: Slab, from: number, to: number): void;
}

/** Reads the series of one family, one after the other, and sees to it that none comes twice. */
export class FamilyWriter {
  readonly #histograms: HistogramLines;
  readonly #numbers: NumberLine;
  readonly #seen: IdentitySet;
  readonly #reserved: string | undefined;

  constructor(
    private readonly family: Family,
    private readonly format: ExpositionFormat,
    private readonly problems: ProblemLog,
  ) {
    this.#histograms = new HistogramLines(family.name, format);
    this.#numbers = new NumberLine(family.name);
    this.#seen = new IdentitySet(family.members.reduce((sum, member) => sum + seriesOf(member), 0));
    this.#reserved = family.type === 'histogram' ? 'le' : undefined;
  }

  /** The lines of a data point, good until the next series; undefined when it must be left out. */
  point(member: FamilyMember, point: unknown): SeriesLines | undefined {
    try {
      const { attributes, value, exemplars } = point as Record<'attributes' | 'value' | 'exemplars', unknown>;
      const labels = new SeriesLabels(attributes, member.scopeLabels, this.#reserved);
      if (this.family.type === 'histogram') return this.#histogram(labels, value, exemplars);
      return this.#number(labels, value);
    } catch {
      this.problems.count('malformed');
      return undefined;
    }
  }

  /** The same of a bound series, read where it is recorded. */
  bound(member: FamilyMember, series: Series): SeriesLines | undefined {
    try {
      const labels = boundLabels(series, member.scopeLabels, this.#reserved);
      if (this.family.type !== 'histogram') return this.#number(labels, (series as SumSeries).value);
      if (series.family.isExponential) return this.#histogram(labels, series.pointValue(), undefined);
      return this.#boundHistogram(labels, series as HistogramSeries);
    } catch {
      this.problems.count('malformed');
      return undefined;
    }
  }

  #number(labels: SeriesLabels, value: unknown): SeriesLines | undefined {
    if (typeof value !== 'number') this.problems.count('malformed');
    else if (this.family.type === 'counter' && this.format === 'openmetrics' && !(value >= 0)) {
      this.problems.count('not_in_openmetrics');
    } else if (this.#isNew(labels)) return this.#numbers.set(labels, value);
    return undefined;
  }

  #histogram(labels: SeriesLabels, value: unknown, exemplars: unknown): SeriesLines | undefined {
    const histogram = value as Histogram | ExponentialHistogram;
    const classic = 'buckets' in histogram ? explicitBuckets(histogram) : exponentialBuckets(histogram);
    if (classic === undefined) this.problems.count('malformed');
    else if (this.#isNew(labels)) {
      const buckets = 'buckets' in histogram ? histogram.buckets.boundaries.length + 1 : 0;
      const shown = classic.bounds.length + 1;
      // buckets that were joined have none: whose they would be cannot be told
      return this.#histograms.set(labels, classic, shown === buckets ? readExemplars(exemplars, shown) : undefined);
    }
    return undefined;
  }

  #boundHistogram(labels: SeriesLabels, series: HistogramSeries): SeriesLines | undefined {
    if (!this.#isNew(labels)) return undefined;
    return this.#histograms.setCounts(labels, series.boundaries, series, series.exemplars);
  }

  #isNew(labels: SeriesLabels): boolean {
    if (!this.#seen.add(labels.identity, labels.hash)) {
      this.problems.count('duplicate_series');
      return false;
    }
    if (labels.conflict) this.problems.count('label_conflict');
    return true;
  }
}
