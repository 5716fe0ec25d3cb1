import { besideWorkers } from './gathered-pages.js';
import { type AddPage, json, type PageAnswer, type PageRequest } from './page.js';
import { oneOf, type QueryField, time, wholeNumber } from './query/query-fields.js';
import { type QueryValues, readQuery } from './query/read-query.js';
import type { ServerSources } from './server-sources.js';

const FEATURE_SORTS = ['uses', 'users', 'failures', 'last_used', 'name'] as const;

/** A time that is asked for: milliseconds since 1970. */
interface Since {
  readonly since?: number;
}

/** UTC days, today with them. */
interface Days {
  readonly days?: number;
}

/** The use of the service, as far as pages show it; `monitor.usage` is one. What is given must be plain data. */
export interface UsageSource {
  summary(): unknown;
  features(options: Since & { readonly sort?: (typeof FEATURE_SORTS)[number]; readonly limit?: number }): unknown;
  /** Undefined: there is no such feature. */
  feature(name: string, options: Since): unknown;
  activeUsers(options: Days): unknown;
  releases(options: Days): unknown;
  workflows(options: Days): unknown;
  /** Undefined: there is no such workflow. */
  workflow(name: string, options: Days): unknown;
  flags(options: Days): unknown;
}

const SINCE = { since: time };
/** As long as days are kept at most: thirteen months. */
const DAYS = { days: wholeNumber(1, 400) };
const FEATURES = { ...SINCE, sort: oneOf(FEATURE_SORTS), limit: wholeNumber(1, 500) };

/** What is used of the service, by how many, and how it goes, on the process that answers or all that are one with it. */
export function addUsagePages(addPage: AddPage, sources: ServerSources): void {
  if (sources.usage === undefined) return;
  const { usage: own } = sources;
  page('', {}, (usage) => usage.summary());
  page('/features', FEATURES, (usage, asked) => ({ features: usage.features(asked) }));
  page('/features/:name', SINCE, (usage, asked, name) => usage.feature(name, asked));
  page('/users', DAYS, (usage, asked) => usage.activeUsers(asked));
  page('/releases', DAYS, (usage, asked) => ({ releases: usage.releases(asked) }));
  page('/workflows', DAYS, (usage, asked) => ({ workflows: usage.workflows(asked) }));
  page('/workflows/:name', DAYS, (usage, asked, name) => usage.workflow(name, asked));
  page('/flags', DAYS, (usage, asked) => ({ flags: usage.flags(asked) }));

  function page<Fields extends Readonly<Record<string, QueryField<unknown>>>>(
    path: string,
    fields: Fields,
    read: (usage: UsageSource, asked: QueryValues<Fields>, name: string) => unknown,
  ): void {
    addPage(`/usage${path}`, 'viewer', async ({ query, name = '' }: PageRequest): Promise<PageAnswer> => {
      const asked = readQuery(query, fields);
      if ('refusal' in asked) return asked.refusal;
      const { usage = own, workers } = (await sources.gathered?.()) ?? {};
      const beside = besideWorkers(workers);
      const found = read(usage, asked.values, name);
      return found === undefined
        ? json({ error: 'there is nothing known by this name', ...beside }, 404)
        : json({ ...found, ...beside });
    });
  }
}
