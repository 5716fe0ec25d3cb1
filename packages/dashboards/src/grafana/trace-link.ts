import { grafanaVariable } from './grafana-variable.js';
import type { DataLink } from './panel.js';

/**
 * A link of a value to the traces of its service that have an error, in the time that is shown, in Grafana's Explore.
 *
 * @param service the service's name as Jaeger has it: of a series `labelOfSeries('job')`, of a row `labelOfRow('job')`
 * @param operation the same for the span's name; left out: any
 */
export function failedTraces(service: string, operation?: string): DataLink {
  const query = {
    refId: 'A',
    queryType: 'search',
    service,
    ...(operation !== undefined && { operation }),
    tags: 'error=true',
    limit: 20,
  };
  const panes = {
    traces: {
      datasource: grafanaVariable('traces'),
      queries: [query],
      range: { from: grafanaVariable('__from'), to: grafanaVariable('__to') },
    },
  };
  return {
    title: 'Traces with errors',
    url: `/explore?schemaVersion=1&orgId=${grafanaVariable('__org.id')}&panes=${encodedAroundVariables(JSON.stringify(panes))}`,
    targetBlank: true,
  };
}

/** Grafana finds its variables before the address is read: all else is encoded, they are not. */
function encodedAroundVariables(text: string): string {
  return text
    .split(/(\$\{[^}]+\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
}

/** The value of a label of the series that is clicked on. */
export const labelOfSeries = (label: string): string => grafanaVariable(`__field.labels.${label}`);

/** The value of a label of the row of a table that is clicked on. */
export const labelOfRow = (label: string): string => grafanaVariable(`__data.fields.${label}`);
