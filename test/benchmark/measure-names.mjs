import { completeRound } from './complete-round.mjs';
import { inOrderOf } from './rounds.mjs';
import { alone, compared } from './rows.mjs';
import { median } from './statistics.mjs';

const BLOCK_SIZE = 1500;
const WARM_UP_BLOCKS = 10;
const FEW = 10;
const MANY = [1000, 100_000];
const MIB = 2 ** 20;

/** operation() with many names offered against itself with 10, and the heap that they take. */
export async function measureNames(sink, { rounds, blocks, say }) {
  const rows = [];
  for (const { sampling, ratio, pauseMillis, blocksFactor } of [
    { sampling: 'sampled', ratio: 1, pauseMillis: 50, blocksFactor: 1 },
    { sampling: 'at 1 %', ratio: 0.01, pauseMillis: 20, blocksFactor: 4 },
  ]) {
    const results = [];
    const schedule = { pauseMillis };
    for (let round = 0; round < rounds; round += 1) {
      say(`operation() with many names, ${sampling}: round ${round + 1} of ${rounds}`);
      const byCount = {};
      for (const names of inOrderOf(round, [FEW, ...MANY])) {
        byCount[names] = await oneRun(sink, { names, ratio, blocks: blocks * blocksFactor, say }, schedule);
      }
      results.push(byCount);
    }
    rows.push(...MANY.map((names) => resultRow(names, sampling, results)));
    rows.push(heapRow(sampling, results));
  }
  return rows;
}

async function oneRun(sink, { names, ratio, blocks, say }, schedule) {
  const settings = { names, ratio, isAsync: false, blocks, blockSize: BLOCK_SIZE, warmUpBlocks: WARM_UP_BLOCKS };
  const results = await completeRound(sink, ['with-names'], { what: `${names} names`, settings, schedule, say });
  return results['with-names'];
}

function resultRow(names, sampling, results) {
  const micros = (count) => results.map((result) => result[count].microsPerCall);
  return compared(`operation(), ${sampling}, ${names.toLocaleString('en')} names offered, against ${FEW}`, {
    unit: 'µs',
    ours: micros(names),
    theirs: micros(FEW),
    budget: 1.3,
  });
}

function heapRow(sampling, results) {
  const heap = (count) => results.map((result) => result[count].heap / MIB);
  const most = MANY.at(-1);
  return alone(`heap that ${most.toLocaleString('en')} names take, ${sampling}`, {
    unit: 'MB',
    ours: heap(most),
    note: [FEW, ...MANY]
      .map((count) => `${count.toLocaleString('en')} names: ${median(heap(count)).toFixed(1)} MB`)
      .join(', '),
  });
}
