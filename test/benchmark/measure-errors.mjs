import { resultOf } from './child-process.mjs';
import { interleaved } from './rounds.mjs';
import { alone, compared } from './rows.mjs';

const BLOCK_SIZE = 200;
/** So many that compilation is over; those of new faults make twenty functions for each error. */
const WARM_UP_BLOCKS = 80;
const WARM_UP_BLOCKS_OF_NEW_FAULTS = 15;
const GROUPS = 10_000;

/** Kinds of errors, each recorded on a span of its own. */
const ROWS = [
  { kind: 'new error', what: 'captureError of a new error, 20 frames, written', budget: 1.5, isWritten: true },
  { kind: 'storm', what: 'captureError of a new error in a storm of equal ones', budget: 0.3 },
  { kind: 'same object', what: 'captureError of the same error object again, each written by the SDK' },
  {
    kind: 'new fault',
    what: 'captureError of the first error of a group, written',
    isWritten: true,
    warmUpBlocks: WARM_UP_BLOCKS_OF_NEW_FAULTS,
  },
];

/** captureError against recordException of the SDK's span: microseconds of CPU of the calls, the reading of the stack in it. */
export async function measureErrors(sink, { rounds, blocks, say }) {
  const rows = [];
  for (const { kind, what, budget, isWritten, warmUpBlocks = WARM_UP_BLOCKS } of ROWS) {
    const settings = { kind, sink: sink.url, blocks, blockSize: BLOCK_SIZE, warmUpBlocks };
    const results = await interleaved(['with-monitor', 'by-hand'], rounds, (variant, round) => {
      say(`${what}, ${variant}: round ${round + 1} of ${rounds}`);
      return resultOf('./error-child.mjs', { args: [JSON.stringify({ ...settings, variant })] });
    });
    assertEqualWork(what, results, { errors: blocks * BLOCK_SIZE, isWritten, isCounted: kind !== 'same object' });
    const micros = (variant) => results[variant].map(({ microsPerCall }) => microsPerCall);
    const written = results['with-monitor'].map(({ recorded }) => recorded);
    rows.push(
      compared(`${what}, against recordException`, {
        ours: micros('with-monitor'),
        theirs: micros('by-hand'),
        unit: 'µs',
        budget,
        note: `of ${blocks * BLOCK_SIZE} errors ${Math.min(...written)} to ${Math.max(...written)} were written, by the SDK all`,
      }),
    );
  }
  rows.push(await memoryRow(rounds, say));
  return rows;
}

async function memoryRow(rounds, say) {
  const megabytes = [];
  for (let round = 0; round < Math.min(3, rounds); round += 1) {
    say(`${GROUPS} groups of errors: round ${round + 1}`);
    const { megabytes: held } = await resultOf('./error-groups-child.mjs', {
      args: [JSON.stringify({ groups: GROUPS })],
      nodeOptions: ['--expose-gc'],
    });
    megabytes.push(held);
  }
  return alone(`heap that ${GROUPS.toLocaleString('en')} groups of errors take`, {
    ours: megabytes,
    unit: 'MB',
    limit: 20,
    note: '6 errors of each, with 20 frames, messages, users and operations of their own',
  });
}

function assertEqualWork(what, results, { errors, isWritten, isCounted }) {
  for (const { recorded, counted } of results['with-monitor']) {
    if (isWritten && recorded !== errors) throw new Error(`${what}: ${recorded} of ${errors} were written`);
    if (isCounted && counted !== errors) throw new Error(`${what}: ${counted} of ${errors} were counted`);
  }
  for (const { recorded } of results['by-hand']) {
    if (recorded !== errors) throw new Error(`${what}: recordException wrote ${recorded} of ${errors}`);
  }
}
