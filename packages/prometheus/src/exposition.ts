import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Family, FamilyMember } from './family.js';
import { type ExpositionFormat, familyHeader } from './format.js';
import { groupFamilies } from './group-families.js';
import { labelSet, labelsOf } from './label-set.js';
import { planOpenMetrics } from './openmetrics-clashes.js';
import { type ExpositionProblem, ProblemLog } from './problem.js';
import { HistogramLines, numberLines } from './series-text.js';
import { targetInfo } from './target-info.js';

/** How a collection is written. */
export interface ExpositionOptions {
  /** Default `text`, Prometheus text 0.0.4; `openmetrics` is OpenMetrics 1.0.0. */
  readonly format?: ExpositionFormat;
  /** Told of everything that is left out or changed, once a metric and reason; what it throws is swallowed. */
  readonly onProblem?: (problem: ExpositionProblem) => void;
}

/** A chunk is handed out when it has grown to this many characters: well below a millisecond of work. */
const CHUNK_CHARACTERS = 16_384;

/**
 * A collection as Prometheus text or OpenMetrics, all at once. Total: what cannot be shown is left out and told to
 * `onProblem`, it never throws. Specification: "Prometheus and OpenMetrics Compatibility".
 */
export function serialize(resourceMetrics: ResourceMetrics, options: ExpositionOptions = {}): string {
  let text = '';
  for (const chunk of serializeChunks(resourceMetrics, options)) text += chunk;
  return text;
}

/**
 * The same in chunks of about 16 KiB, each of whole lines and made when it is asked for, so that a server can let other
 * work in between. The collection must not change until the last one.
 */
export function* serializeChunks(
  resourceMetrics: ResourceMetrics,
  options: ExpositionOptions = {},
): Generator<string, void, undefined> {
  const format = options.format === 'openmetrics' ? 'openmetrics' : 'text';
  const problems = new ProblemLog(options.onProblem);
  let chunk = resourceText(resourceMetrics, problems);

  const families = groupFamilies(resourceMetrics, problems);
  const plan = format === 'openmetrics' ? planOpenMetrics(families) : undefined;
  const histograms = new HistogramLines(format);
  for (const family of families) {
    if (plan?.dropped.has(family)) {
      for (const { metric, points } of family.members) {
        problems.count('name_collision', points.length);
        problems.tell(metric);
      }
      continue;
    }
    const writer = new FamilyWriter(family, format, problems, histograms);
    let header = familyHeader(family, format, plan?.unknown.has(family) ?? false);
    for (const member of family.members) {
      for (const point of member.points) {
        const lines = writer.series(member, point);
        if (lines === '') continue;
        chunk += header + lines;
        header = '';
        if (chunk.length >= CHUNK_CHARACTERS) {
          yield chunk;
          chunk = '';
        }
      }
      problems.tell(member.metric);
    }
  }
  if (format === 'openmetrics') chunk += '# EOF\n';
  if (chunk !== '') yield chunk;
}

/** Writes the series of one family and sees to it that none comes twice. */
class FamilyWriter {
  private readonly seen = new Set<string>();

  constructor(
    private readonly family: Family,
    private readonly format: ExpositionFormat,
    private readonly problems: ProblemLog,
    private readonly histograms: HistogramLines,
  ) {}

  /** Lines of one series; empty when it must be left out. */
  series(member: FamilyMember, point: unknown): string {
    const { family, problems } = this;
    try {
      const { attributes, value } = point as { attributes: unknown; value: unknown };
      const isHistogram = family.type === 'histogram';
      const labels = labelSet(labelsOf(attributes), member.scopeLabels, isHistogram ? 'le' : undefined);
      const lines = isHistogram
        ? this.histograms.write(family.name, labels.text, value)
        : numberLines(family.name, labels.text, value);
      if (lines === undefined) problems.count('malformed');
      else if (family.type === 'counter' && this.format === 'openmetrics' && !((value as number) >= 0))
        problems.count('not_in_openmetrics');
      else if (this.seen.has(labels.identity)) problems.count('duplicate_series');
      else {
        this.seen.add(labels.identity);
        if (labels.conflict) problems.count('label_conflict');
        return lines;
      }
    } catch {
      problems.count('malformed');
    }
    return '';
  }
}

function resourceText(resourceMetrics: ResourceMetrics, problems: ProblemLog): string {
  try {
    return targetInfo(resourceMetrics.resource?.attributes);
  } catch {
    problems.count('malformed');
    problems.tell('');
    return '';
  }
}
