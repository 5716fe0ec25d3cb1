import { missingWorkerLines } from '../service/missing-workers.js';
import type { WireValue } from '../service/wire-value.js';
import { labelled, NARROW, table } from '../text/layout.js';
import { shortened } from '../text/printable.js';
import { count } from '../text/quantities.js';
import { groupName } from './group-name.js';

/** What `/errors/summary` and `/errors/groups` said, for a person, in lines of at most 80 columns. */
export function groupsText(summary: WireValue, listed: WireValue): string {
  const recent = summary.get('recent');
  const held = summary.get('groups');
  const head = [
    `ERRORS  ${summary.get('errors').shown(count)} in all, ${recent.get('lastHour').shown(count)} in the last hour`,
    `${recent.get('lastDay').shown(count)} in the last day`,
    `${held.get('held').shown(count)} groups`,
  ].join(', ');
  const missing = missingWorkerLines(listed.get('workers'));
  return `${[head, ...lossLines(summary), ...missing, '', ...groupLines(listed.get('groups').list)].join('\n')}\n`;
}

/** What was counted, and is told of no more. */
function lossLines(summary: WireValue): string[] {
  const records = summary.get('records');
  const groups = summary.get('groups');
  const losses: [string, WireValue][] = [
    ['held back by rate control', records.get('heldBack')],
    ['left out by sampling', records.get('sampledOut')],
    ['in groups that made room', groups.get('evicted').get('errors')],
    ['in groups that grew old', groups.get('expired').get('errors')],
  ];
  const shown = losses.filter(([, errors]) => (errors.number ?? 0) > 0);
  return shown.length === 0
    ? []
    : labelled(
        'not told',
        shown.map(([why, errors]) => `${errors.shown(count)} ${why}`),
        undefined,
        NARROW,
      );
}

function groupLines(groups: readonly WireValue[]): string[] {
  if (groups.length === 0) return ['GROUPS  none that fit'];
  const rows = groups.map((group) => [
    group.get('id').text,
    group.get('count').shown(count),
    group.get('recent').get('lastHour').shown(count),
    group.get('users').shown(count),
    group.get('trend').text,
    group.get('severity').text,
  ]);
  const head = ['GROUPS', 'count', 'last hour', 'users', 'trend', 'severity'];
  const [first = '', ...lines] = table(head, rows, groups.length, NARROW);
  // what it is called has a line of its own, for it is what one looks for
  return [first, ...lines.flatMap((line, index) => [line, nameLine(groups[index] as WireValue)])];
}

function nameLine(group: WireValue): string {
  return shortened(`    ${groupName(group)}`, NARROW);
}
