import type { WireValue } from '../service/wire-value.js';
import { labelled, table } from '../text/layout.js';
import { count, duration, percent, rate, ratePerMinute } from '../text/quantities.js';

const numberOf = (value: WireValue): number => value.number ?? 0;

/** The operations, those that ran most often first. */
export function operationLines(snapshot: WireValue): string[] {
  const operations = snapshot.get('operations').list;
  if (operations.length === 0) return ['OPERATIONS  none yet'];
  const rows = operations
    .sort((a, b) => numberOf(b.get('count')) - numberOf(a.get('count')))
    .map((operation) => {
      const time = operation.get('durationSeconds');
      const ended = numberOf(operation.get('count'));
      return [
        operation.get('name').text,
        operation.get('count').shown(count),
        operation.get('ratePerSecond').shown(rate),
        ended > 0 ? operation.get('failures').shown((failures) => percent(failures / ended)) : '-',
        operation.get('active').shown(count),
        time.get('p50').shown(duration),
        time.get('p95').shown(duration),
        time.get('p99').shown(duration),
        time.get('max').shown(duration),
      ];
    });
  return table(['OPERATIONS', 'count', 'rate', 'failed', 'active', 'p50', 'p95', 'p99', 'max'], rows);
}

/** The errors in all, and where most of them are. */
export function errorLines(errors: WireValue): string[] {
  return [
    `ERRORS  ${errors.get('total').shown(count)} in all, ${errors.get('ratePerMinute').shown(ratePerMinute)}`,
    ...tally('by type', errors.get('byType')),
    ...tally('by severity', errors.get('bySeverity')),
    ...tally('in operation', errors.get('byOperation')),
  ];
}

/** The largest numbers of a record on one line. */
function tally(label: string, numbers: WireValue, most = 6): string[] {
  const all = numbers.entries.sort(([, a], [, b]) => numberOf(b) - numberOf(a));
  if (all.length === 0) return [];
  const shown = all.slice(0, most).map(([name, value]) => `${name || '-'} ${value.shown(count)}`);
  if (all.length > most) shown.push(`${all.length - most} more`);
  return labelled(label, shown);
}
