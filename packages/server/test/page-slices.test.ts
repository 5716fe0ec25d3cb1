import { expect, it } from 'vitest';
import { PageSlices } from '../src/page-slices.js';

const uncounted = { time: <T>(work: () => T) => work(), bytesWritten: () => {} };

/** Steps that take so many milliseconds of a clock each, and give what they are told. */
function timed(steps: readonly (Buffer | undefined)[], millisAStep: number) {
  let now = 0;
  let taken = 0;
  function* page(): Generator<Buffer | undefined, void, undefined> {
    for (const step of steps) {
      now += millisAStep;
      taken += 1;
      yield step;
    }
  }
  return { slices: new PageSlices(page(), uncounted, () => now), taken: () => taken };
}

it('a slice ends with its chunk', () => {
  const chunk = Buffer.from('a');
  const { slices, taken } = timed([undefined, chunk, chunk], 0.1);
  expect(slices.next()).toEqual({ chunk, isLast: false });
  expect(taken()).toBe(2);
  expect([slices.next(), slices.next()]).toEqual([
    { chunk, isLast: false },
    { chunk: undefined, isLast: true },
  ]);
});

it('a slice ends after two milliseconds, though there is no chunk yet', () => {
  const { slices, taken } = timed(Array(100).fill(undefined), 0.3);
  expect(slices.next()).toEqual({ chunk: undefined, isLast: false });
  expect(taken()).toBe(7);
  slices.next();
  expect(taken()).toBe(14);
});

it('an abandoned page is over', () => {
  let isOver = false;
  function* page() {
    try {
      for (;;) yield undefined;
    } finally {
      isOver = true;
    }
  }
  const slices = new PageSlices(page(), uncounted, () => 0 + performance.now());
  slices.next();
  slices.abandon();
  expect(isOver).toBe(true);
  expect(slices.next().isLast).toBe(true);
});
