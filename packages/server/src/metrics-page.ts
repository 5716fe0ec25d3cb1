import { negotiate } from '@otel-monitor/prometheus';
import type { AddPage } from './add-page.js';
import { Scraper } from './scraper.js';
import type { ServerSources } from './server-sources.js';

/** A scraper gives up after 10 s by default (Prometheus, `scrape_timeout`). */
const DEADLINE_MILLIS = 10_000;

/** GET /metrics in the format that the scraper asks for. */
export function addMetricsPage(addPage: AddPage, sources: ServerSources): void {
  if (sources.metrics === undefined) return;
  const scraper = new Scraper(() => sources.metrics!(), DEADLINE_MILLIS, sources);
  addPage('/metrics', 'viewer', async (context) => {
    const { format, contentType } = negotiate(context.req.header('accept'));
    const page = await scraper.page(format);
    return context.body(page, 200, { 'content-type': contentType, vary: 'Accept' });
  });
}
