import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlagVariants } from '../../src/flags/flag-variants.js';
import { RecentEvaluations } from '../../src/flags/recent-evaluations.js';

const variants = new FlagVariants();
const told = (recent: RecentEvaluations, user?: string, trace?: string, millis = 0) =>
  Object.fromEntries(recent.of(user, trace, millis).map(({ flag, variant }) => [flag, variant]));

describe('the last evaluations', () => {
  it('are those of the user, over those of the trace, without those of others there', () => {
    const recent = new RecentEvaluations();
    recent.add(variants.of('color', 'red'), undefined, 't1', 0);
    recent.add(variants.of('size', 'large'), 'u1', 't1', 0);
    recent.add(variants.of('color', 'blue'), 'u2', undefined, 0);
    expect(told(recent)).toEqual({});
    expect(told(recent, undefined, 't1')).toEqual({ color: 'red', size: 'large' });
    expect(told(recent, 'u1', 't1')).toEqual({ color: 'red', size: 'large' });
    expect(told(recent, 'u2', 't1')).toEqual({ color: 'blue' });
    expect(told(recent, 'u2', 't2')).toEqual({ color: 'blue' });
    expect(told(recent, 'u3', 't2')).toEqual({});
  });

  it('are those of one flag each: the last', () => {
    const one = fc.record({ flag: fc.constantFrom('a', 'b', 'c'), variant: fc.constantFrom('1', '2') });
    fc.assert(
      fc.property(fc.array(one), (evaluations) => {
        const recent = new RecentEvaluations();
        for (const { flag, variant } of evaluations) recent.add(variants.of(flag, variant), 'u', 't', 0);
        const last = Object.fromEntries(evaluations.map(({ flag, variant }) => [flag, variant]));
        expect(told(recent, 'u')).toEqual(last);
        expect(told(recent, undefined, 't')).toEqual(last);
      }),
    );
  });

  it('are forgotten after a day', () => {
    const recent = new RecentEvaluations();
    recent.add(variants.of('color', 'red'), 'u', 't', 1000);
    expect(told(recent, 'u', 't', 86_400_999)).toEqual({ color: 'red' });
    expect(told(recent, 'u', 't', 86_401_000)).toEqual({});
  });

  it('are those of the last 10,000 users and traces, 32 flags each; what is forgotten is counted', () => {
    const recent = new RecentEvaluations();
    const red = variants.of('color', 'red');
    for (let user = 0; user < 10_000; user++) recent.add(red, `u${user}`, undefined, 0);
    recent.add(red, 'u0', undefined, 0);
    for (let user = 0; user < 5; user++) recent.add(red, `later ${user}`, `t${user}`, 0);
    expect([0, 1, 5, 6].map((user) => recent.of(`u${user}`, undefined, 0).length)).toEqual([1, 0, 0, 1]);
    expect(recent.dropped).toBe(5);
    for (let flag = 0; flag < 40; flag++) recent.add(variants.of(`flag ${flag}`, 'on'), 'u0', undefined, 0);
    expect(recent.of('u0', undefined, 0)).toHaveLength(32);
    expect(recent.dropped).toBe(5 + 9);
  });
});
