import type { WireValue } from '../service/wire-value.js';
import { labelled, table } from '../text/layout.js';
import { count, duration, percent } from '../text/quantities.js';

export function featureLines(usage: WireValue): string[] {
  const rows = usage.get('features').list.map((feature) => {
    const name = feature.get('name').text;
    const action = feature.get('action').text;
    return [
      action === '' ? name : `${name} ${action}`,
      feature.get('uses').shown(count),
      feature.get('successRate').shown(percent),
      feature.get('meanDurationSeconds').shown(duration),
    ];
  });
  return rows.length === 0 ? [] : table(['FEATURES', 'uses', 'succeeded', 'mean'], rows, 10);
}

export function workflowLines(usage: WireValue): string[] {
  const workflows = usage.get('workflows').list;
  if (workflows.length === 0) return [];
  const rows = workflows.map((workflow) => [
    workflow.get('name').text,
    workflow.get('completed').shown(count),
    workflow.get('failed').shown(count),
    workflow.get('meanDurationSeconds').shown(duration),
    count(workflow.get('steps').entries.reduce((all, [, steps]) => all + (steps.number ?? 0), 0)),
  ]);
  return table(['WORKFLOWS', 'completed', 'failed', 'mean', 'steps'], rows, 10);
}

export function cacheLines(snapshot: WireValue): string[] {
  const rows = snapshot
    .get('caches')
    .list.map((cache) => [
      cache.get('name').text,
      cache.get('hits').shown(count),
      cache.get('misses').shown(count),
      cache.get('hitRatio').shown(percent),
    ]);
  return rows.length === 0 ? [] : table(['CACHES', 'hits', 'misses', 'hit ratio'], rows, 10);
}

/** The values of custom collectors, a line for each collector. */
export function customLines(custom: WireValue): string[] {
  const lines = custom.entries.flatMap(([collector, values]) => {
    const shown = values.entries.slice(0, 20).map(([key, value]) => `${key} ${value.shown(count)}`);
    return labelled(collector, shown);
  });
  return lines.length === 0 ? [] : ['COLLECTORS', ...lines.slice(0, 20)];
}
