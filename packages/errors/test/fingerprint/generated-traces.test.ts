import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/fingerprint/fingerprint.js';
import { described } from '../corpus/corpus.js';
import { makeFaults, randomOf } from '../corpus/generated.js';

const FAULTS = 200;
const TIMES = 10;
const seeds = [1, 20_261_124, 4_000_000_007, Math.floor(Math.random() * 2 ** 32)];

describe.each(seeds)('traces that are made of seed %i', (seed) => {
  const random = randomOf(seed + 1);
  const faults = makeFaults(seed, FAULTS).map((fault) =>
    Array.from({ length: TIMES }, () => described(fault.happen(random))).map((error) => ({
      error,
      ...fingerprintOf(error),
    })),
  );

  it(`each of ${FAULTS} faults is one group on every machine, in every build and for every request`, () => {
    const split = faults
      .filter((times) => new Set(times.map(({ groupId }) => groupId)).size > 1)
      .map((times) => [
        ...new Map(
          times.map(({ groupId, title, error }) => [
            groupId,
            `${title} | ${error.message} | ${error.frames?.signature}`,
          ]),
        ).values(),
      ]);
    expect(split).toEqual([]);
  });

  it(`${FAULTS} faults are ${FAULTS} groups`, () => {
    expect(new Set(faults.flatMap((times) => times.map(({ groupId }) => groupId))).size).toBe(FAULTS);
  });
});

it.each(seeds)('the same fault 1,000 times, over ids, addresses and line shifts, is one group: seed %i', (seed) => {
  const random = randomOf(seed + 2);
  for (const fault of makeFaults(seed + 3, 5)) {
    const groups = new Set<string>();
    for (let time = 0; time < 1000; time += 1) groups.add(fingerprintOf(described(fault.happen(random))).groupId);
    expect(groups.size).toBe(1);
  }
});
