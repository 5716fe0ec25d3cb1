import { completeRound } from './complete-round.mjs';
import { figure } from './figure.mjs';
import { inCallsNote } from './in-calls-note.mjs';
import { inOrderOf } from './rounds.mjs';
import { compared } from './rows.mjs';
import { differences, ratios, summary } from './statistics.mjs';

const BLOCK_SIZE = 1500;
const VARIANTS = ['bare', 'by-hand', 'with-monitor'];
/** Only of sampled spans are there exemplars. */
const NO_EXEMPLARS = 'with-monitor-no-exemplars';

/**
 * Between blocks there is a pause for the export; where next to nothing is exported it is short, and there are more blocks. Those
 * before the measured ones are so many that compilation is over: it takes time and calls, and of the calls at 1 % only one in a
 * hundred makes a span, whose code is compiled when some thousands were made.
 */
const SAMPLED = { ratio: 1, pauseMillis: 50, warmUpBlocks: 30, blocksFactor: 1 };
const AT_ONE_PERCENT = { ratio: 0.01, pauseMillis: 20, warmUpBlocks: 400, warmUpPauseMillis: 2, blocksFactor: 4 };

const ROWS = [
  { what: 'operation(), sync, sampled', isAsync: false, ...SAMPLED, budget: 0.65 },
  { what: 'operation(), async, sampled', isAsync: true, ...SAMPLED, budget: 0.7 },
  { what: 'operation(), sync, at 1 %', isAsync: false, ...AT_ONE_PERCENT, budget: 0.15 },
  { what: 'operation(), async, at 1 %', isAsync: true, ...AT_ONE_PERCENT, budget: 0.3 },
];

/** operation() against the same telemetry by hand: microseconds of CPU a call, export and garbage collection in it. */
export async function measureOperations(sink, { rounds, blocks, say }) {
  const measured = ROWS.map((row) => ({ row, schedule: { pauseMillis: row.pauseMillis }, results: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { row, schedule, results } of measured) {
      say(`${row.what}: round ${round + 1} of ${rounds}`);
      const { what, isAsync, ratio, warmUpBlocks, warmUpPauseMillis, blocksFactor } = row;
      const settings = {
        isAsync,
        ratio,
        blocks: blocks * blocksFactor,
        blockSize: BLOCK_SIZE,
        warmUpBlocks,
        warmUpPauseMillis,
      };
      const variants = ratio === 1 ? [...VARIANTS, NO_EXEMPLARS] : VARIANTS;
      results.push(await completeRound(sink, inOrderOf(round, variants), { what, settings, schedule, say }));
    }
  }
  return measured.map(({ row, results }) => resultRow(row, results));
}

function resultRow({ what, budget, ratio }, results) {
  const micros = (variant) => results.map((result) => result[variant].microsPerCall);
  const net = (variant) => differences(micros(variant), micros('bare'));
  const bare = summary(micros('bare')).median.toFixed(2);
  const netRatio = summary(ratios(net('with-monitor'), net('by-hand'))).median.toFixed(2);
  const notes = [inCallsNote(results, 'with-monitor', 'by-hand'), `without the bare call (${bare} µs): ${netRatio}`];
  if (ratio === 1) {
    const off = figure(summary(ratios(micros(NO_EXEMPLARS), micros('by-hand'))));
    notes.push(`exemplars off: ${off}`);
  }
  const note = notes.join('; ');
  return compared(what, { unit: 'µs', ours: micros('with-monitor'), theirs: micros('by-hand'), budget, note });
}
