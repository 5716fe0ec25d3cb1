import { type Parsed, parseStrictly } from '../../packages/prometheus/test/strict-parser.js';

/** A metric as a page shows it. */
export interface ScrapedFamily {
  readonly type: string;
  readonly help: string;
  /** Value by name and labels: `monitor_errors_total{error_type="Error"}`. */
  readonly samples: Readonly<Record<string, number>>;
}

export type ScrapedPage = Readonly<Record<string, ScrapedFamily>>;

/** Labels that Prometheus gives to a target, and that the Collector writes itself. */
const TARGET_LABELS = new Set(['job', 'instance']);

/** Scrapes a page of Prometheus text, held to the format, without the labels of the target. */
export async function scrape(url: string): Promise<ScrapedPage> {
  const response = await fetch(url, { headers: { accept: 'text/plain;version=0.0.4' } });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return page(parseStrictly(await response.text(), 'text'));
}

function page(parsed: Parsed): ScrapedPage {
  const families: Record<string, ScrapedFamily> = {};
  for (const [name, { type, help, samples }] of parsed) {
    const byKey: Record<string, number> = {};
    for (const sample of samples) byKey[keyOf(sample.name, sample.labels)] = sample.value;
    families[name] = { type, help, samples: byKey };
  }
  return families;
}

function keyOf(name: string, labels: ReadonlyMap<string, string>): string {
  const shown = [...labels]
    .filter(([label]) => !TARGET_LABELS.has(label))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .sort();
  return `${name}{${shown.join(',')}}`;
}

/** The sum of a metric's samples that carry all of these labels. */
export function total(scraped: ScrapedPage, family: string, sample: string, ...labels: string[]): number {
  const samples = Object.entries(scraped[family]?.samples ?? {});
  return samples
    .filter(([key]) => key.startsWith(`${sample}{`) && labels.every((label) => key.includes(label)))
    .reduce((sum, [, value]) => sum + value, 0);
}
