import { type ExpositionFormat, type ExpositionProblem, writePage } from '@otel-monitor/prometheus';
import { PageSlices } from './page-slices.js';
import type { CollectedMetrics, CostMeter, ServerSources } from './server-sources.js';
import { within } from './within.js';

/** Problems of one page that are told; a program that has more will mend these first. */
const MAX_PROBLEMS = 100;

/** Collects metrics and writes pages of them. Who asks while a collection is under way gets that one. */
export class Scraper {
  #current: Promise<CollectedMetrics> | undefined;

  constructor(
    private readonly collect: NonNullable<ServerSources['metrics']>,
    private readonly deadlineMillis: number,
    private readonly sources: Pick<ServerSources, 'boundSeries' | 'cost' | 'scraped'> = {},
  ) {}

  /** Rejects with what the source rejects with, or with a DeadlineError. */
  collected(): Promise<CollectedMetrics> {
    if (this.#current === undefined) {
      const collected = within(this.deadlineMillis, 'the collection of metrics', call(this.collect));
      this.#current = collected;
      const done = () => {
        if (this.#current === collected) this.#current = undefined;
      };
      collected.then(done, done);
    }
    return this.#current;
  }

  /** A page of what was collected, and of the bound series as they are when their slice is written. */
  page(collected: CollectedMetrics, format: ExpositionFormat, newSlab?: () => Buffer): PageSlices {
    const { boundSeries, cost = uncounted } = this.sources;
    const problems: ExpositionProblem[] = [];
    const onProblem = (problem: ExpositionProblem) => {
      if (problems.length < MAX_PROBLEMS) problems.push(problem);
    };
    const steps = writePage(collected, { format, store: boundSeries, onProblem, ...(newSlab && { newSlab }) });
    return new PageSlices(this.#told(steps, problems), cost);
  }

  /** The same steps, and at their end a word about the problems. */
  *#told(
    steps: Iterable<Buffer | undefined>,
    problems: readonly ExpositionProblem[],
  ): Generator<Buffer | undefined, void, undefined> {
    yield* steps;
    try {
      this.sources.scraped?.(problems);
    } catch {
      // a page is not lost for its listener
    }
  }
}

const uncounted: CostMeter = { time: (work) => work(), bytesWritten: () => {} };

/** A function that throws instead of rejecting rejects as well. */
async function call<T>(source: () => Promise<T>): Promise<T> {
  return source();
}
