import { missingWorkerLines } from '../service/missing-workers.js';
import type { WireValue } from '../service/wire-value.js';
import { labelled, NARROW, wrapped } from '../text/layout.js';
import { printable, shortened } from '../text/printable.js';
import { count } from '../text/quantities.js';
import { groupName } from './group-name.js';

const MAX_FRAMES = 20;
const MAX_SAMPLES = 10;

/** What `/errors/{id}` said of one group, for a person, in lines of at most 80 columns. */
export function groupText(group: WireValue): string {
  const recent = group.get('recent');
  const text = (key: string) => group.get(key).text;
  const line = (label: string, words: string) => (words === '' ? [] : labelled(label, words, undefined, NARROW));
  const from = (at: string, release: string) => [text(at), text(release) && `in ${text(release)}`].join(' ').trim();
  const users = `${group.get('users').shown(count)} users${group.get('usersEstimated').isTrue ? ' (estimated)' : ''}`;
  const operations = group
    .get('operations')
    .list.map((one) => `${one.get('name').text} ${one.get('count').shown(count)}`);
  const lines = [
    ...wrapped(groupName(group), NARROW),
    ...line('group', text('id')),
    ...line('severity', text('severity')),
    ...line('code', text('code')),
    ...line('trend', text('trend')),
    ...line('count', `${group.get('count').shown(count)}, ${windows(recent)}; ${users}`),
    ...line('first seen', from('firstSeen', 'firstRelease')),
    ...line('last seen', from('lastSeen', 'lastRelease')),
    ...line('mended', text('resolvedAt')),
    ...line('came back', text('regressedAt')),
    ...(operations.length === 0 ? [] : labelled('operations', operations, undefined, NARROW)),
    ...line('culprit', text('culprit')),
    ...missingWorkerLines(group.get('workers')),
    ...stackLines(group),
    ...sampleLines(group.get('samples').list),
  ];
  return `${lines.join('\n')}\n`;
}

function windows(recent: WireValue): string {
  const told = (key: string, name: string) => `${recent.get(key).shown(count)} in the last ${name}`;
  return [told('lastHour', 'hour'), told('lastDay', 'day'), told('lastWeek', 'week')].join(', ');
}

function stackLines(group: WireValue): string[] {
  const frames = group.get('stack').lines.filter((frame) => frame !== '');
  if (frames.length === 0) return [];
  const shown = frames.slice(0, MAX_FRAMES).map((frame) => shortened(`  ${frame}`, NARROW));
  if (frames.length > shown.length) shown.push(`  and ${frames.length - shown.length} more`);
  return ['', 'STACK', ...shown];
}

/** The errors that are kept, with what leads to them in a trace. */
function sampleLines(samples: readonly WireValue[]): string[] {
  if (samples.length === 0) return [];
  const shown = samples.slice(-MAX_SAMPLES).flatMap((sample) => {
    const trace = sample.get('traceId').text;
    const words = [sample.get('message').text, trace && `(trace ${trace})`].filter((word) => word !== '').join(' ');
    return labelled(printable(sample.get('at').text), words, '2026-11-24T12:00:00.000Z'.length, NARROW);
  });
  return ['', `SAMPLES  ${count(samples.length)}`, ...shown];
}
