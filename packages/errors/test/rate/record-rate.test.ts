import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type RecordedGroup, RecordRate } from '../../src/rate/record-rate.js';

const AT = Date.UTC(2026, 0, 5);

let rate: RecordRate;
beforeEach(() => {
  rate = new RecordRate();
});

const group = (count = 2): RecordedGroup & { count: number } => ({ count, recordsFrom: 0, heldBack: 0 });

function admitted(of: RecordedGroup, times: number, at: number): number {
  let written = 0;
  for (let i = 0; i < times; i += 1) if (rate.admit(of, at) !== undefined) written += 1;
  return written;
}

describe('of a group', () => {
  it('100 are written at once, then ten a second', () => {
    const one = group();
    expect(admitted(one, 1000, AT)).toBe(100);
    expect(admitted(one, 1000, AT + 99)).toBe(0);
    expect(admitted(one, 1000, AT + 100)).toBe(1);
    expect(admitted(one, 1000, AT + 1100)).toBe(10);
    expect(admitted(one, 1000, AT + 60_000)).toBe(100);
  });

  it('the next that is written tells how many were held back since the one before', () => {
    const one = group();
    for (let i = 0; i < 100; i += 1) expect(rate.admit(one, AT)).toBe(0);
    for (let i = 0; i < 7; i += 1) expect(rate.admit(one, AT)).toBeUndefined();
    expect(rate.admit(one, AT + 100)).toBe(7);
    expect(rate.admit(one, AT + 200)).toBe(0);
    expect(rate).toMatchObject({ written: 102, heldBack: 7, sampledOut: 0 });
  });

  it('those that lots were drawn for are not held back', () => {
    const one = group();
    rate.leaveOut(one, false);
    expect(one.heldBack).toBe(0);
    expect(rate).toMatchObject({ written: 0, heldBack: 0, sampledOut: 1 });
  });
});

describe('of all groups', () => {
  it('1000 are written at once, then 100 a second', () => {
    const groups = Array.from({ length: 50 }, () => group());
    const all = (at: number) => groups.reduce((sum, one) => sum + admitted(one, 50, at), 0);
    expect(all(AT)).toBe(1000);
    expect(all(AT + 1000)).toBe(100);
  });

  it('a first error is written though there is no room for others', () => {
    for (let i = 0; i < 20; i += 1) admitted(group(), 50, AT);
    expect(admitted(group(2), 1, AT)).toBe(0);
    expect(admitted(group(1), 1, AT)).toBe(1);
  });

  it('of first errors 10,000 are written at once, then 100 a second', () => {
    const firsts = (times: number, at: number) => {
      let written = 0;
      for (let i = 0; i < times; i += 1) written += admitted(group(1), 1, at);
      return written;
    };
    // the thousand that have room with the others come on top
    expect(firsts(20_000, AT)).toBe(11_000);
    expect(firsts(20_000, AT + 1000)).toBe(200);
  });
});

it('whatever comes, and however the clock goes, no more are written than the rate allows, and all are counted', () => {
  const step = fc.record({
    times: fc.integer({ min: 1, max: 300 }),
    millis: fc.integer({ min: -100_000, max: 100_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      rate = new RecordRate();
      const one = group();
      let at = AT;
      let forward = 0;
      let total = 0;
      let told = 0;
      for (const { times, millis } of steps) {
        at += millis;
        forward += Math.max(0, millis);
        for (let i = 0; i < times; i += 1) told += rate.admit(one, at) ?? 0;
        total += times;
      }
      expect(rate.written).toBeLessThanOrEqual(100 + forward / 100 + 1);
      expect(rate.written + rate.heldBack).toBe(total);
      expect(told + one.heldBack).toBe(rate.heldBack);
    }),
  );
});

it('a clock that is set back by a day stops records for no longer than usual', () => {
  const one = group();
  admitted(one, 1000, AT);
  const past = AT - 86_400_000;
  expect(admitted(one, 1000, past)).toBe(0);
  expect(admitted(one, 1000, past + 1000)).toBe(10);
});
