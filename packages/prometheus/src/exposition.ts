import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { Family } from './family.js';
import { seriesOf } from './family.js';
import { FamilyWriter, type SeriesLines } from './family-writer.js';
import { type ExpositionFormat, familyHeader } from './format.js';
import { type BoundStore, groupFamilies } from './group-families.js';
import { planOpenMetrics } from './openmetrics-clashes.js';
import { type ExpositionProblem, ProblemLog } from './problem.js';
import { Slab } from './slab.js';
import { targetInfo } from './target-info.js';

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
/** Between two places to pause where nothing is written: series that are left out. */
const SERIES_A_STEP = 100;

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

function* writeFamily(
  slab: Slab,
  family: Family,
  header: string,
  writer: FamilyWriter,
  problems: ProblemLog,
): Generator<Buffer | undefined, void, undefined> {
  let hasHeader = false;
  let step = 0;
  for (const member of family.members) {
    const count = seriesOf(member);
    const isBound = member.bound.length > 0;
    for (let index = 0; index < count; index += 1) {
      const lines = isBound ? writer.bound(member, member.bound[index]!) : writer.point(member, member.points[index]);
      if (lines !== undefined) {
        if (!hasHeader) yield* writeText(slab, header);
        hasHeader = true;
        // the common case without a generator of its own
        if (slab.room >= lines.lineCount * lines.maxLineBytes) lines.write(slab, 0, lines.lineCount);
        else yield* writeSeries(slab, lines);
      }
      step += 1;
      if (step % SERIES_A_STEP === 0) yield undefined;
    }
    problems.tell(member.metric);
  }
}

/** Writes as many lines as have room, again and again; a line that no slab can hold gets one of its own. */
function* writeSeries(slab: Slab, lines: SeriesLines): Generator<Buffer, void, undefined> {
  for (let line = 0; line < lines.lineCount; ) {
    const fitting = Math.floor(slab.room / lines.maxLineBytes);
    if (fitting > 0) {
      const end = Math.min(lines.lineCount, line + fitting);
      lines.write(slab, line, end);
      line = end;
    } else if (slab.length > 0) yield slab.take();
    else slab.enlarge(lines.maxLineBytes);
  }
}

function* writeText(slab: Slab, text: string): Generator<Buffer, void, undefined> {
  const bytes = Buffer.byteLength(text);
  if (bytes > slab.room && slab.length > 0) yield slab.take();
  if (bytes > slab.room) slab.enlarge(bytes);
  slab.write(text);
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
