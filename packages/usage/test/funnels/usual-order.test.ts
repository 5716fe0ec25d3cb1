import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepCounts } from '../../src/funnels/step-counts.js';
import { reachedBoth, usualOrder } from '../../src/funnels/usual-order.js';

/** What is counted of runs that reach these steps in turn. */
function stepsOf(runs: readonly string[]): StepCounts[] {
  const steps: StepCounts[] = [];
  const place = (name: string) => {
    const known = steps.findIndex((step) => step.name === name);
    return known >= 0 ? known : steps.push(new StepCounts(name)) - 1;
  };
  for (const run of runs) {
    const reached: number[] = [];
    for (const name of run) {
      const at = place(name);
      if (reached.includes(at)) continue;
      const step = steps[at] as StepCounts;
      step.reached += 1;
      for (const before of reached) step.reachedAfter(before, 1);
      reached.push(at);
    }
  }
  return steps;
}

const orderOf = (runs: readonly string[]) => {
  const steps = stepsOf(runs);
  return usualOrder(steps)
    .map((place) => steps[place]?.name)
    .join('');
};
const times = (count: number, run: string) => Array<string>(count).fill(run);

describe('the usual order of steps', () => {
  it('is that of the runs, whichever came first', () => {
    expect(orderOf(['CA', ...times(3, 'ABC')])).toBe('ABC');
  });

  it('keeps the place of steps that most runs skip', () => {
    expect(orderOf([...times(90, 'AD'), ...times(10, 'ABCD')])).toBe('ABCD');
  });

  it('is not changed by runs that turn back', () => {
    expect(orderOf([...times(10, 'ABC'), ...times(4, 'ACB')])).toBe('ABC');
  });

  it('puts the way that more runs take first, of two that exclude each other', () => {
    expect(orderOf([...times(3, 'ABD'), ...times(7, 'ACD')])).toBe('ACBD');
  });

  it('of nothing is nothing', () => {
    expect(usualOrder([])).toEqual([]);
  });

  it('is found again from runs that each skip some of the steps, if all pairs have met', () => {
    const names = 'ABCDEFGH';
    const run = fc.subarray([...names]).map((kept) => kept.join(''));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 30 }), (runs) => {
        expect(orderOf([...runs, names])).toBe(names);
      }),
    );
  });

  it('knows how many runs reached both of two steps', () => {
    const steps = stepsOf(['AB', 'BA', 'A', 'CAB']);
    const place = (name: string) => steps.findIndex((step) => step.name === name);
    expect(reachedBoth(steps, place('A'), place('B'))).toBe(3);
    expect(reachedBoth(steps, place('C'), place('B'))).toBe(1);
  });
});
