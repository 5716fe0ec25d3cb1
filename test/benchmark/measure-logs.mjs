import { resultOf } from './child-process.mjs';
import { interleaved } from './rounds.mjs';
import { compared } from './rows.mjs';
import { differences, median } from './statistics.mjs';

const LINES = 100_000;
const ROWS = [
  { what: 'a line of pino', variant: 'pino' },
  { what: 'a line of a pino child made for it', variant: 'pino child' },
  { what: 'a line of winston, by correlateWinston', variant: 'winston' },
  { what: 'a line of winston, by traceFormat', variant: 'winston', how: 'format' },
  { what: 'a line of the console', variant: 'console' },
];
const FIELDS = 'fields';

/** A log line with the fields of its span against the same line without: microseconds of CPU, written to nowhere. */
export async function measureLogs(_sink, { rounds, say }) {
  const rows = [];
  for (const { what, variant, how = FIELDS } of ROWS) {
    const results = await interleaved(['', how], rounds, (added, round) => {
      say(`${what}, ${added || 'without'}: round ${round + 1} of ${rounds}`);
      return resultOf('./log-child.mjs', { args: [JSON.stringify({ variant, added, count: LINES })] });
    });
    const micros = (added) => results[added].map(({ microsPerLine }) => microsPerLine);
    const nanos = 1000 * median(differences(micros(how), micros('')));
    rows.push(
      compared(`${what}, with the fields of its span, against without`, {
        ours: micros(how),
        theirs: micros(''),
        unit: 'µs',
        note: `${nanos.toFixed(0)} ns more; a line has ${(results[how][0].bytes - results[''][0].bytes).toFixed(0)} characters more`,
      }),
    );
  }
  return rows;
}
