import { missingWorkerLines } from '../service/missing-workers.js';
import type { WireValue } from '../service/wire-value.js';
import { labelled, NARROW, table } from '../text/layout.js';
import { shortened } from '../text/printable.js';
import { count, percent } from '../text/quantities.js';
import { flagLines, workflowLines } from './funnel-lines.js';

const MOST_FEATURES = 500;
const MOST_RELEASES = 10;

/**
 * What pages of usage said, for a person, in lines of at most 80 columns.
 *
 * @param days that were asked for
 */
export function usageText(all: WireValue, days: string): string {
  const summary = all.get('summary');
  const sections = [
    headLines(summary, days),
    featureLines(all.get('features').get('features').list),
    releaseLines(all.get('releases').get('releases').list),
    workflowLines(all.get('workflows').get('workflows').list),
    flagLines(all.get('flags').get('flags').list),
  ];
  const shown = sections.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headLines(summary: WireValue, days: string): string[] {
  const users = summary.get('activeUsers');
  const uses = (period: string) => {
    const { number = 0 } = summary.get(period).get('uses');
    const succeeded = summary.get(period).get('successRate');
    return `${count(number)} uses${succeeded.number === undefined ? '' : `, ${succeeded.shown(percent)} succeeded`}`;
  };
  return [
    shortened(
      `USAGE  ${summary.get('day').text}, known since ${summary.get('firstDay').text}; below: the last ${days} days`,
      NARROW,
    ),
    ...labelled(
      'users',
      [
        active(users.get('daily'), 'today'),
        active(users.get('weekly'), 'in 7 days'),
        active(users.get('monthly'), 'in 28 days'),
      ],
      undefined,
      NARROW,
    ),
    ...labelled('today', uses('today'), undefined, NARROW),
    ...labelled('28 days', uses('month'), undefined, NARROW),
    ...lossLines(summary.get('dropped')),
    ...missingWorkerLines(summary.get('workers')),
  ];
}

function active(period: WireValue, when: string): string {
  const change = period.get('change').number;
  const told = change === undefined ? '' : ` (${change < 0 ? '' : '+'}${percent(change)})`;
  return `${period.get('users').shown(count)} ${when}${told}`;
}

/** What the bounds made leave, where they did. */
function lossLines(dropped: WireValue): string[] {
  const of = (record: WireValue, what: string) =>
    record.entries
      .filter(([, value]) => (value.number ?? 0) > 0)
      .map(([name, value]) => `${value.shown(count)} ${what}${name}`);
  const losses = [
    ...of(dropped, ''),
    ...of(dropped.get('workflows'), 'workflows.'),
    ...of(dropped.get('flags'), 'flags.'),
  ];
  return losses.length === 0 ? [] : labelled('had no room', losses, undefined, NARROW);
}

function featureLines(features: readonly WireValue[]): string[] {
  if (features.length === 0) return ['FEATURES  none were used'];
  const rows = features.map((feature) => [
    feature.get('name').text,
    feature.get('uses').shown(count),
    feature.get('successRate').shown(percent),
    feature.get('users').shown(count),
    feature.get('adoption').shown(percent),
    feature.get('lastUsed').text.slice(0, '2026-11-24'.length),
  ]);
  return table(['FEATURES', 'uses', 'succeeded', 'users', 'adoption', 'last used'], rows, MOST_FEATURES, NARROW);
}

function releaseLines(releases: readonly WireValue[]): string[] {
  if (releases.length === 0) return [];
  const rows = releases.map((release) => [
    release.get('release').text,
    release.get('uses').shown(count),
    release.get('shareOfUses').shown(percent),
    release.get('users').shown(count),
    release.get('shareOfUsers').shown(percent),
    release.get('firstDay').text,
  ]);
  return table(['RELEASES', 'uses', 'of all', 'users', 'of all', 'first day'], rows, MOST_RELEASES, NARROW);
}
