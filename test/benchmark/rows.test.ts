import { describe, expect, it } from 'vitest';
import { alone, compared, comparedAdded, isHeld, notMeasured } from './rows.mjs';

describe('a row of the benchmark', () => {
  it('judges by the median of the ratios within the rounds, not by the ratio of the medians', () => {
    // the rounds were disturbed in turn: 0.5, 0.5, 0.9
    const row = compared('call', { ours: [1, 10, 90], theirs: [2, 20, 100], unit: 'µs', budget: 0.6 });
    expect(row).toMatchObject({
      ours: { median: 10 },
      theirs: { median: 20 },
      ratio: { median: 0.5, least: 0.5, greatest: 0.9 },
    });
    expect(isHeld(row)).toBe(true);
  });

  it('is held up to the budget itself and not above it', () => {
    const row = (ours: number) => compared('call', { ours: [ours], theirs: [100], unit: 'µs', budget: 0.65 });
    expect(isHeld(row(65))).toBe(true);
    expect(isHeld(row(66))).toBe(false);
  });

  it('takes the bare process of the same round off both sides', () => {
    const row = comparedAdded('CPU', { ours: [12, 25], theirs: [14, 25], bare: [10, 20], unit: '%', budget: 0.7 });
    expect(row).toMatchObject({ ours: { least: 2, greatest: 5 }, theirs: { least: 4, greatest: 5 } });
    expect(row).toMatchObject({ ratio: { least: 0.5, greatest: 1, median: 0.75 } });
    expect(isHeld(row)).toBe(false);
  });

  it('with a limit judges our own figure, whatever the other side has', () => {
    expect(isHeld(alone('memory', { ours: [9, 10, 30], unit: 'MB', limit: 10 }))).toBe(true);
    expect(isHeld(compared('memory', { ours: [11], theirs: [50], unit: 'MB', limit: 10 }))).toBe(false);
  });

  it('without a budget is neither held nor missed', () => {
    expect(isHeld(alone('memory', { ours: [1], unit: 'MB' }))).toBeUndefined();
    expect(isHeld(compared('call', { ours: [1], theirs: [2], unit: 'µs' }))).toBeUndefined();
  });

  it('that could not be measured is never held, and says why in a line', () => {
    const row = notMeasured('call | x', new Error('npm install failed: no network | 404\n    at somewhere'));
    expect(row).toEqual({ what: 'call | x', missing: 'npm install failed: no network / 404' });
    expect(isHeld({ ...row, budget: 0.1 })).toBeUndefined();
  });

  it('does not tell where the machine keeps its files', () => {
    expect(
      notMeasured('x', "Cannot find module '/home/someone/tree/a.mjs' imported from /home/someone/b.mjs").missing,
    ).toBe("Cannot find module 'a.mjs' imported from b.mjs");
    expect(notMeasured('x', 'ENOENT: file:///home/someone/c.mjs').missing).toBe('ENOENT: c.mjs');
    expect(notMeasured('x', 'no answer from http://127.0.0.1:4318/v1/traces').missing).toBe(
      'no answer from http://127.0.0.1:4318/v1/traces',
    );
    expect(notMeasured('x', '').missing).toBe('no reason given');
  });
});
