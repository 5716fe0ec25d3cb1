import { resultOf } from './child-process.mjs';
import { median, summary } from './statistics.mjs';

/** A reading of the host, fresh and out of the cache: milliseconds (systems/3 wants < 3 and < 1). */
export async function measureHost({ rounds, say }) {
  const all = [];
  for (let round = 0; round < rounds; round += 1) {
    say(`host reading: round ${round + 1} of ${rounds}`);
    all.push(await resultOf('./host-child.mjs'));
  }
  const first = summary(all.map((each) => each.first)).median;
  return [
    {
      what: 'system metrics, a fresh reading',
      unit: 'ms',
      ours: summary(all.map(({ fresh }) => median(fresh))),
      limit: 3,
      note: `the first of a process: ${first.toFixed(1)} ms`,
    },
    { what: 'system metrics, cached', unit: 'ms', ours: summary(all.map(({ cached }) => median(cached))), limit: 1 },
  ];
}
