import { resultOf } from './child-process.mjs';
import { ratios, summary } from './statistics.mjs';

const BLOCK_SIZE = 1500;
/** Compilation is over by then. */
const WARM_UP_BLOCKS = 20;
const VARIANTS = ['bare', 'by-hand', 'with-monitor'];
/** A sampled share may differ from what was asked by this many standard deviations. */
const SAMPLING_DEVIATIONS = 6;

const ROWS = [
  { what: 'operation(), sync, sampled', isAsync: false, ratio: 1, budget: 0.65 },
  { what: 'operation(), async, sampled', isAsync: true, ratio: 1, budget: 0.7 },
  { what: 'operation(), sync, at 1 %', isAsync: false, ratio: 0.01, budget: 0.15 },
  { what: 'operation(), async, at 1 %', isAsync: true, ratio: 0.01, budget: 0.3 },
];

/** operation() against the same telemetry by hand: microseconds of CPU a call, export and garbage collection in it. */
export async function measureOperations(sink, { rounds, blocks, say }) {
  const micros = ROWS.map(() => Object.fromEntries(VARIANTS.map((variant) => [variant, []])));
  let pauseMillis = 100;
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, row] of ROWS.entries()) {
      say(`${row.what}: round ${round + 1} of ${rounds}`);
      pauseMillis = await oneRound(row, micros[index], { sink, blocks, pauseMillis });
    }
  }
  return ROWS.map((row, index) => resultRow(row, micros[index]));
}

/** Every variant once, one after the other; again with a longer pause when one of them lost spans. */
async function oneRound(row, micros, { sink, blocks, pauseMillis }) {
  for (let pause = pauseMillis; ; pause *= 2) {
    const measured = {};
    let isComplete = true;
    for (const variant of VARIANTS) {
      await sink.take();
      const schedule = { blocks, blockSize: BLOCK_SIZE, warmUpBlocks: WARM_UP_BLOCKS, pauseMillis: pause };
      const settings = { variant, isAsync: row.isAsync, ratio: row.ratio, sink: sink.url, ...schedule };
      const { microsPerCall } = await resultOf('./operation-child.mjs', { args: [JSON.stringify(settings)] });
      measured[variant] = microsPerCall;
      const { spans } = (await sink.take()).counts;
      if (variant !== 'bare' && !allArrived(spans, (blocks + WARM_UP_BLOCKS) * BLOCK_SIZE, row.ratio))
        isComplete = false;
    }
    if (isComplete) {
      for (const variant of VARIANTS) micros[variant].push(measured[variant]);
      return pause;
    }
    if (pause > 2000) throw new Error(`${row.what}: spans are lost even with pauses of ${pause} ms`);
  }
}

function allArrived(spans, calls, ratio) {
  const deviation = Math.sqrt(calls * ratio * (1 - ratio));
  return Math.abs(spans - calls * ratio) <= SAMPLING_DEVIATIONS * deviation;
}

function resultRow({ what, budget }, micros) {
  const net = (variant) => micros[variant].map((value, index) => value - micros.bare[index]);
  return {
    what,
    unit: 'µs',
    ours: summary(micros['with-monitor']),
    theirs: summary(micros['by-hand']),
    ratio: summary(ratios(micros['with-monitor'], micros['by-hand'])),
    budget,
    note: `without the bare call (${summary(micros.bare).median.toFixed(2)} µs): ${summary(ratios(net('with-monitor'), net('by-hand'))).median.toFixed(2)}`,
  };
}
