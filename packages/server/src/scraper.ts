import { setImmediate } from 'node:timers/promises';
import { type ExpositionFormat, type ExpositionProblem, serializeChunks } from '@otel-monitor/prometheus';
import type { CollectedMetrics, CostMeter, ServerSources } from './server-sources.js';
import { within } from './within.js';

/** The page is written in slices of about this long, with other work of the process in between. */
const SLICE_MILLIS = 2;

/** Problems of one page that are told; a program that has more will mend these first. */
const MAX_PROBLEMS = 100;

/** One collection, and its pages by format. */
interface Scrape {
  readonly collected: Promise<CollectedMetrics>;
  readonly pages: Map<ExpositionFormat, Promise<Buffer<ArrayBuffer>>>;
}

/** Makes the page of metrics. Who asks while a collection is under way gets that one's page. */
export class Scraper {
  #current: Scrape | undefined;

  constructor(
    private readonly collect: NonNullable<ServerSources['metrics']>,
    private readonly deadlineMillis: number,
    private readonly listeners: Pick<ServerSources, 'cost' | 'scraped'> = {},
  ) {}

  /** Rejects with what the collection rejects with, or with a DeadlineError. */
  page(format: ExpositionFormat): Promise<Buffer<ArrayBuffer>> {
    const scrape = this.#current ?? this.#start();
    let page = scrape.pages.get(format);
    if (page === undefined) {
      page = within(this.deadlineMillis, 'the collection of metrics', this.#write(scrape.collected, format));
      scrape.pages.set(format, page);
    }
    return page;
  }

  #start(): Scrape {
    const collected = within(this.deadlineMillis, 'the collection of metrics', call(this.collect));
    const scrape: Scrape = { collected, pages: new Map() };
    this.#current = scrape;
    const done = () => {
      if (this.#current === scrape) this.#current = undefined;
    };
    collected.then(done, done);
    return scrape;
  }

  async #write(collected: Promise<CollectedMetrics>, format: ExpositionFormat): Promise<Buffer<ArrayBuffer>> {
    const { cost = uncounted } = this.listeners;
    const problems: ExpositionProblem[] = [];
    const onProblem = (problem: ExpositionProblem) => {
      if (problems.length < MAX_PROBLEMS) problems.push(problem);
    };
    const texts = serializeChunks(await collected, { format, onProblem });
    const chunks: Buffer[] = [];
    while (cost.time(() => writeSlice(texts, chunks))) await setImmediate();
    const page = Buffer.concat(chunks);
    cost.bytesWritten(page.byteLength);
    this.#tell(problems);
    return page;
  }

  #tell(problems: readonly ExpositionProblem[]): void {
    try {
      this.listeners.scraped?.(problems);
    } catch {
      // a page is not lost for its listener
    }
  }
}

/** Writes for about a slice's time; false when that was the last. */
function writeSlice(texts: Iterator<string>, chunks: Buffer[]): boolean {
  const begin = performance.now();
  do {
    const { done, value } = texts.next();
    if (done) return false;
    chunks.push(Buffer.from(value));
  } while (performance.now() - begin < SLICE_MILLIS);
  return true;
}

const uncounted: CostMeter = { time: (work) => work(), bytesWritten: () => {} };

/** A function that throws instead of rejecting rejects as well. */
async function call<T>(source: () => Promise<T>): Promise<T> {
  return source();
}
