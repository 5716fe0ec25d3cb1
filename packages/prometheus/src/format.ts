import { escapeHelp } from './escape.js';
import type { Family } from './family.js';
import { unitAtEndOf } from './metric-name.js';

/** The two formats: Prometheus text 0.0.4 and OpenMetrics 1.0.0. */
export type ExpositionFormat = 'text' | 'openmetrics';

/** What the answer's `Content-Type` says of each format. */
export const contentTypes: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** HELP, TYPE and in OpenMetrics UNIT of a family. `isUnknown`: an OpenMetrics counter that cannot be told as one. */
export function familyHeader(family: Family, format: ExpositionFormat, isUnknown: boolean): string {
  if (format === 'text') {
    return `# HELP ${family.name} ${escapeHelp(family.help, false)}\n# TYPE ${family.name} ${family.type}\n`;
  }
  const name = isUnknown ? family.name : openMetricsName(family);
  const unit = unitAtEndOf(name, family.unit);
  return (
    `# HELP ${name} ${escapeHelp(family.help, true)}\n` +
    `# TYPE ${name} ${isUnknown ? 'unknown' : family.type}\n` +
    (unit === '' ? '' : `# UNIT ${name} ${unit}\n`)
  );
}

/** OpenMetrics names a counter without the `_total` of its samples. */
export function openMetricsName({ name, type }: Family): string {
  return type === 'counter' && name.endsWith('_total') ? name.slice(0, -'_total'.length) : name;
}
