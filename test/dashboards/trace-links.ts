import { dashboards } from './queries.js';

/** A search of Jaeger that a link of a value leads to. */
export interface TraceSearch {
  readonly service: string;
  readonly operation?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The different searches of all links of values, each with these labels of the series or row that is clicked on. */
export function tracesAsked(labels: Readonly<Record<string, string>>): TraceSearch[] {
  const urls = [...dashboards.values()].flatMap(({ panels }) =>
    panels.flatMap(({ fieldConfig }) => fieldConfig?.defaults.links?.map(({ url }) => url) ?? []),
  );
  const searches = urls.map((url) => JSON.stringify(searchOf(url, labels)));
  return [...new Set(searches)].sort((a, b) => a.length - b.length).map((text) => JSON.parse(text) as TraceSearch);
}

/** As Grafana reads it: variables are put in, encoded; then the address is read, and the tags as `key=value` words. */
function searchOf(url: string, labels: Readonly<Record<string, string>>): TraceSearch {
  const address = url.replaceAll(/\$\{([\w.]+)\}/g, (_all, name: string) => {
    const label = /^__(?:field\.labels|data\.fields)\.(\w+)$/.exec(name)?.[1];
    if (label === undefined) return 'any';
    if (labels[label] === undefined) throw new Error(`a link wants the label ${label}`);
    return encodeURIComponent(labels[label]);
  });
  const panes = new URL(address, 'http://grafana').searchParams.get('panes') ?? '';
  const [query] = (JSON.parse(panes) as { traces: { queries: Record<string, string>[] } }).traces.queries;
  const { service = '', operation, tags } = query ?? {};
  return {
    service,
    ...(operation !== undefined && { operation }),
    tags: Object.fromEntries(tags?.split(' ').map((tag) => tag.split('=')) ?? []) as Record<string, string>,
  };
}
