import { resultOf } from './child-process.mjs';
import { interleaved } from './rounds.mjs';
import { alone } from './rows.mjs';
import { median } from './statistics.mjs';

/** A reading of the host, fresh and out of the cache: milliseconds. */
export async function measureHost(_sink, { rounds, say }) {
  const { host } = await interleaved(['host'], rounds, (_variant, round) => {
    say(`host reading: round ${round + 1} of ${rounds}`);
    return resultOf('./host-child.mjs');
  });
  const first = median(host.map((each) => each.first)).toFixed(1);
  const millis = (kind) => host.map((each) => median(each[kind]));
  return [
    alone('system metrics, a fresh reading', {
      unit: 'ms',
      ours: millis('fresh'),
      limit: 3,
      note: `the first of a process: ${first} ms`,
    }),
    alone('system metrics, cached', { unit: 'ms', ours: millis('cached'), limit: 1 }),
  ];
}
