import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Family } from './family.js';
import { seriesOf } from './family.js';
import { FamilyWriter } from './family-writer.js';
import { type ExpositionFormat, familyHeader } from './format.js';
import { type BoundStore, groupFamilies } from './group-families.js';
import { planOpenMetrics } from './openmetrics-clashes.js';
import { type ExpositionProblem, ProblemLog } from './problem.js';
import { Slab } from './slab.js';
import { targetInfo } from './target-info.js';
import { writeFamily, writeText } from './write-family.js';

/** How a collection is written. */
export interface ExpositionOptions {
  /** Default `text`, Prometheus text 0.0.4; `openmetrics` is OpenMetrics 1.0.0. */
  readonly format?: ExpositionFormat;
  /**
   * A store whose series are shown too, behind those of the collection, and which the collection must not hold as well.
   * They are read as they are written, without a data point between; observed values are those of the last
   * `store.observe()`. Default: none.
   */
  readonly store?: BoundStore | undefined;
  /** Told of everything that is left out or changed, once a metric and reason; what it throws is swallowed. */
  readonly onProblem?: (problem: ExpositionProblem) => void;
}

/** How a page is written as bytes. */
export interface PageOptions extends ExpositionOptions {
  /** Gives the buffers that are written into; one that was handed out is the caller's. Default: a new one of 16 KiB each. */
  readonly newSlab?: () => Buffer;
}

/** Well below a millisecond of work. */
const SLAB_BYTES = 16_384;

const newSlab = (): Buffer => Buffer.allocUnsafeSlow(SLAB_BYTES);

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
  const slab = newSlab();
  for (const chunk of writePage(resourceMetrics, { ...options, newSlab: () => slab })) {
    if (chunk !== undefined) yield chunk.toString('utf8');
  }
}

/**
 * The same as bytes in the caller's buffers, of whole lines each. Undefined is a place to pause without a chunk: at most
 * some hundred series, or one buffer, are between two yields.
 */
export function* writePage(
  resourceMetrics: ResourceMetrics,
  options: PageOptions = {},
): Generator<Buffer | undefined, void, undefined> {
  const format = options.format === 'openmetrics' ? 'openmetrics' : 'text';
  const problems = new ProblemLog(options.onProblem);
  const slab = new Slab(options.newSlab ?? newSlab);
  yield* writeText(slab, resourceText(resourceMetrics, problems));

  const families = yield* groupFamilies(resourceMetrics, options.store, problems);
  const plan = format === 'openmetrics' ? planOpenMetrics(families) : undefined;
  for (const family of families) {
    if (plan?.dropped.has(family)) tellDropped(family, problems);
    else {
      const header = familyHeader(family, format, plan?.unknown.has(family) ?? false);
      yield* writeFamily(slab, family, header, new FamilyWriter(family, format, problems), problems);
    }
  }
  if (format === 'openmetrics') yield* writeText(slab, '# EOF\n');
  if (slab.length > 0) yield slab.take();
}

function tellDropped(family: Family, problems: ProblemLog): void {
  for (const member of family.members) {
    problems.count('name_collision', seriesOf(member));
    problems.tell(member.metric);
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
