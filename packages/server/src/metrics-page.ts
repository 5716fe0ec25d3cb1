import { ServerResponse } from 'node:http';
import { negotiate } from '@otel-monitor/prometheus';
import { ANSWER_HEADERS } from './answer-headers.js';
import { type AddPage, ANSWERED } from './page.js';
import { pageBody } from './page-body.js';
import { Scraper } from './scraper.js';
import { sendPage } from './send-page.js';
import type { ServerSources } from './server-sources.js';
import { SlabPool } from './slab-pool.js';
import { Turns } from './turns.js';

/** A scraper gives up after 10 s by default (Prometheus, `scrape_timeout`). */
const COLLECT_MILLIS = 10_000;
/** A client that takes longer than this for a page is not reading it. */
const SEND_MILLIS = 30_000;

/** GET /metrics in the format that the scraper asks for. */
export function addMetricsPage(addPage: AddPage, sources: ServerSources): void {
  if (sources.metrics === undefined) return;
  const scraper = new Scraper(() => sources.metrics!(), COLLECT_MILLIS, sources);
  const turns = new Turns();
  const slabs = new SlabPool();
  addPage('/metrics', 'viewer', async ({ method, headers: asked, response }) => {
    const { format, contentType } = negotiate(asked.get('accept') ?? undefined);
    const headers = { 'content-type': contentType, vary: 'Accept' };
    // a source that fails is an answer of its own, so it is asked before the answer begins; also for HEAD
    const collected = await scraper.collected();
    if (method === 'HEAD') return { status: 200, headers, body: undefined };
    if (!(response instanceof ServerResponse)) {
      return { status: 200, headers, body: pageBody(scraper.page(collected, format), turns) };
    }
    await sendPage(
      response,
      scraper.page(collected, format, () => slabs.take()),
      {
        headers: { ...ANSWER_HEADERS, ...headers },
        turns,
        slabs,
        deadlineMillis: SEND_MILLIS,
        failed: (error) => tellFailed(sources, error),
      },
    );
    return ANSWERED;
  });
}

function tellFailed(sources: ServerSources, error: unknown): void {
  try {
    sources.failed?.('/metrics', error);
  } catch {
    // there is nobody else to tell
  }
}
