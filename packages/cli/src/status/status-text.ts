import type { WireValue } from '../service/wire-value.js';
import { age } from '../text/quantities.js';
import { errorLines, operationLines } from './activity-lines.js';
import { healthLines } from './health-lines.js';
import { monitorLines } from './monitor-lines.js';
import { resourceLines } from './resource-lines.js';
import { cacheLines, customLines, featureLines, workflowLines } from './usage-lines.js';

/** What `/dashboard/overview` said, for a person: sections in lines of at most 100 columns. */
export function statusText(overview: WireValue, url: string): string {
  const snapshot = overview.get('snapshot');
  const sections = [
    headLines(snapshot, url),
    healthLines(snapshot.get('health')),
    operationLines(snapshot),
    errorLines(snapshot.get('errors')),
    featureLines(snapshot.get('usage')),
    workflowLines(snapshot.get('usage')),
    cacheLines(snapshot),
    customLines(snapshot.get('custom')),
    resourceLines(snapshot.get('resources')),
    monitorLines(overview.get('status'), snapshot),
  ];
  const shown = sections.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headLines(snapshot: WireValue, url: string): string[] {
  const service = snapshot.get('service');
  const environment = service.get('environment').text;
  const name = [service.get('name').text, service.get('version').text].filter((text) => text !== '').join(' ');
  const uptime = snapshot.get('resources').get('process').get('uptimeSeconds').number;
  return [
    [
      environment === '' ? name : `${name} (${environment})`,
      snapshot.get('health').get('status').text,
      ...(uptime === undefined ? [] : [`up ${age(uptime)}`]),
      snapshot.get('time').text,
    ].join(' · '),
    `metrics at ${url}/metrics`,
  ];
}
