import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CounterRing } from '../src/counter-ring.js';

const MINUTE = 60_000;
const counts = (jobs: number) => new Map([['jobs', jobs]]);

it('a counter that grows by 10 every 5 s has a rate of 2 a second', () => {
  const ring = new CounterRing();
  for (let step = 0; step <= 100; step += 1) ring.observe(counts(step * 10), 1_000_000 + step * 5000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(2);
  expect(ring.ratePerSecond('jobs', 5 * MINUTE)).toBe(2);
});

it('the window tells the last minute from the last five', () => {
  const ring = new CounterRing();
  for (let step = 0; step <= 60; step += 1) {
    // nothing for four minutes, then 3 a second
    ring.observe(counts(Math.max(0, step - 48) * 15), step * 5000);
  }
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(3);
  expect(ring.ratePerSecond('jobs', 5 * MINUTE)).toBeCloseTo(3 / 5, 12);
});

it('a rate begins with the first observation: what was counted before is spread over the time since the start', () => {
  const ring = new CounterRing();
  ring.observe(counts(50), 20_000, 10_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(5);
  ring.observe(counts(50), 35_000, 10_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(2);
});

it('a rate is 0 for what was never seen, after one observation without a start, and over no time', () => {
  const ring = new CounterRing();
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(0);
  ring.observe(counts(50), 20_000);
  ring.observe(counts(70), 20_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(0);
  expect(ring.ratePerSecond('other', MINUTE)).toBe(0);
});

it('a count that goes down has begun anew', () => {
  const ring = new CounterRing();
  ring.observe(counts(100), 0);
  ring.observe(counts(120), 5000);
  ring.observe(counts(30), 10_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(5);
});

it('a counter that comes late was 0 before, and one that is missing for a while has not moved', () => {
  const ring = new CounterRing();
  ring.observe(new Map(), 0);
  ring.observe(counts(20), 5000);
  ring.observe(new Map(), 10_000);
  ring.observe(counts(40), 20_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(2);
});

it('a clock that was set back begins the past anew', () => {
  const ring = new CounterRing();
  ring.observe(counts(0), 100_000);
  ring.observe(counts(100), 110_000);
  ring.observe(counts(110), 50_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(0);
  ring.observe(counts(130), 60_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBe(2);
});

it('rates are never negative and at most 77 observations are kept, however and whenever it is observed', () => {
  const step = fc.record({ jobs: fc.nat(1000), after: fc.integer({ min: -1000, max: 30_000 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
      const ring = new CounterRing();
      let now = 1_000_000;
      for (const { jobs, after } of steps) {
        now += after;
        ring.observe(counts(jobs), now);
        expect(ring.ratePerSecond('jobs', MINUTE)).toBeGreaterThanOrEqual(0);
        expect(ring.size).toBeLessThanOrEqual(77);
      }
    }),
  );
  const dense = new CounterRing();
  for (let at = 0; at < 20 * MINUTE; at += 1000) dense.observe(counts(at / 100), at);
  expect(dense.size).toBeLessThanOrEqual(77);
  expect(dense.ratePerSecond('jobs', MINUTE)).toBe(10);
});

it('names without end do not grow it without end', () => {
  const ring = new CounterRing();
  for (let name = 0; name < 10_000; name += 1) ring.observe(new Map([[`job ${name}`, 1]]), name * 5000);
  ring.observe(counts(0), 60_000_000);
  ring.observe(counts(60), 60_005_000);
  expect(ring.ratePerSecond('jobs', MINUTE)).toBeGreaterThan(0);
});
