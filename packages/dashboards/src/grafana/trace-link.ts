import { ATTR_ERROR_TYPE } from '@otel-monitor/semconv';
import { labelName } from '../series.js';
import { grafanaVariable } from './grafana-variable.js';
import type { DataLink } from './panel.js';

/** Which traces: values of labels of what is clicked on, as `labelOfSeries` and `labelOfRow` give them. */
export interface TracesOf {
  /** The service's name as Jaeger has it, which is what `job` should be. */
  readonly service: string;
  /** The span's name; any when left out. */
  readonly operation?: string;
  /** `error.type` of the span or of an error in it; left out: those without an error, too. */
  readonly errorType?: string;
}

/**
 * A link of a value to the traces of its service in the time that is shown, in Grafana's Explore.
 *
 * What failed is searched by `error.type`: Jaeger keeps it as it was written, while `error=true` finds nothing in the
 * memory storage of Jaeger 2.13, which takes the text for false.
 */
export function tracesOf({ service, operation, errorType }: TracesOf): DataLink {
  const query = {
    refId: 'A',
    queryType: 'search',
    service,
    ...(operation !== undefined && { operation }),
    ...(errorType !== undefined && { tags: `${ATTR_ERROR_TYPE}=${errorType}` }),
    limit: 20,
  };
  const panes = {
    traces: {
      datasource: grafanaVariable('traces'),
      queries: [query],
      range: { from: grafanaVariable('__from'), to: grafanaVariable('__to') },
    },
  };
  const subject = operation === undefined ? 'service' : 'operation';
  return {
    title: errorType === undefined ? `Traces of this ${subject}` : 'Traces with this error',
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

/** The value of a label or an attribute of the series that is clicked on. */
export const labelOfSeries = (label: string): string => grafanaVariable(`__field.labels.${labelName(label)}`);

/** The value of a label or an attribute of the row of a table that is clicked on. */
export const labelOfRow = (label: string): string => grafanaVariable(`__data.fields.${labelName(label)}`);
