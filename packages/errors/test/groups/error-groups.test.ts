import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ErrorGroups } from '../../src/groups/error-groups.js';
import { readSample } from '../../src/groups/sample-text.js';
import { DAY, HOUR, madeOccurrence, madeUser, START } from '../made-occurrence.js';

const before = { ...runtimeState.errors };
let groups: ErrorGroups;
beforeEach(() => {
  groups = new ErrorGroups(() => 0.5);
});
afterEach(() => {
  Object.assign(runtimeState.errors, before);
  runtimeState.release = undefined;
});

const ids = () => [...groups.all].map(({ id }) => id);
const samplesOf = (id: string) => groups.get(id)?.samples.map((text) => readSample(text)) ?? [];

describe('groups are bounded', () => {
  it('in number: the one seen longest ago leaves, and is counted with its errors', () => {
    runtimeState.errors.maxGroups = 3;
    for (const groupId of ['a', 'b', 'c', 'a', 'a', 'd', 'e']) groups.add(madeOccurrence({ groupId }));
    expect(ids()).toEqual(['a', 'd', 'e']);
    expect(groups.evicted).toEqual({ groups: 2, errors: 2 });
    groups.add(madeOccurrence({ groupId: 'f' }));
    expect(ids()).toEqual(['d', 'e', 'f']);
    expect(groups.evicted).toEqual({ groups: 3, errors: 5 });
    expect(groups.windows.read(groups.allRow, START).hour).toBe(8);
  });

  it('in time: those that were not seen for as long as they are kept leave, and are counted apart', () => {
    runtimeState.errors.retentionHours = 2;
    groups.add(madeOccurrence({ groupId: 'a' }));
    groups.add(madeOccurrence({ groupId: 'b', at: START + HOUR }));
    groups.add(madeOccurrence({ groupId: 'c', at: START + 2 * HOUR + 1 }));
    expect(ids()).toEqual(['b', 'c']);
    expect(groups.expired).toEqual({ groups: 1, errors: 1 });
    groups.expire(START + 5 * HOUR);
    expect(ids()).toEqual([]);
    expect(groups.expired).toEqual({ groups: 3, errors: 3 });
  });

  it('like a plain model of them, whatever comes', () => {
    const step = fc.record({
      groupId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      gap: fc.integer({ min: 0, max: HOUR }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 4 }), (steps, maxGroups) => {
        runtimeState.errors.maxGroups = maxGroups;
        groups = new ErrorGroups();
        let model: { groupId: string; count: number; lastSeen: number }[] = [];
        let left = 0;
        let at = START;
        for (const { groupId, gap } of steps) {
          at += gap;
          const known = model.find((one) => one.groupId === groupId) ?? { groupId, count: 0, lastSeen: 0 };
          model = [...model.filter((one) => one !== known), { groupId, count: known.count + 1, lastSeen: at }];
          while (model.length > maxGroups) left += model.shift()?.count ?? 0;
          groups.add(madeOccurrence({ groupId, at }));
        }
        expect([...groups.all].map(({ id, count, lastSeen }) => ({ groupId: id, count, lastSeen }))).toEqual(model);
        expect(groups.evicted.errors).toBe(left);
        expect(groups.severities.error).toBe(steps.length);
        for (const group of groups.all) expect(groups.windows.read(group.row, at).week).toBe(group.count);
      }),
    );
  });
});

describe('samples of a group', () => {
  const add = (times: number, millisBetween: number) => {
    for (let i = 0; i < times; i += 1) {
      groups.add(madeOccurrence({ at: START + i * millisBetween, message: String(i) }));
    }
    return samplesOf('a000000000000000').map((sample) => Number(sample?.message));
  };

  it('are all of the first few', () => {
    expect(add(5, 1)).toEqual([0, 1, 2, 3, 4]);
  });

  it('are the first, the last, and some between', () => {
    const messages = add(1000, 1000);
    expect(messages).toHaveLength(5);
    expect(messages[0]).toBe(0);
    expect(messages[4]).toBe(999);
  });

  it('are looked at once a second when there are enough', () => {
    const messages = add(10_000, 1);
    // errors 4, 1004, 2004, …, 9004 were looked at
    expect(messages[0]).toBe(0);
    expect(messages[4]).toBe(9004);
  });

  it('between the first and the last are a pick in which each has the same chance', () => {
    const picked = new Array(8).fill(0);
    for (let run = 0; run < 2000; run += 1) {
      groups = new ErrorGroups();
      for (const message of add(10, 1000).slice(1, 4)) picked[message - 1] += 1;
    }
    // 2000 runs, three of eight each: 750 on average, with a standard deviation of 22
    for (const times of picked) expect(Math.abs(times - 750)).toBeLessThan(120);
  });

  it.each([
    [0, []],
    [1, [9]],
    [2, [0, 9]],
  ])('at most %i', (limit, expected) => {
    runtimeState.errors.samplesPerGroup = limit;
    expect(add(10, 1000)).toEqual(expected);
  });

  it('of more than 8,192 characters lose stack, breadcrumbs and causes, in this order', () => {
    const cause = { ...madeOccurrence().error, message: 'c'.repeat(1900), relation: 'cause' as const };
    const breadcrumbs = () => [
      { name: 'b'.repeat(1000), durationSeconds: 1, errorType: undefined, endedAt: START, isSameTrace: false },
    ];
    const large = {
      message: 'm'.repeat(2000),
      causes: [cause],
      breadcrumbs,
      stack: `\n    at ${'s'.repeat(4000)}`,
    };
    groups.add(madeOccurrence());
    groups.add(madeOccurrence({ ...large, stack: `\n    at ${'s'.repeat(1000)}` }));
    groups.add(madeOccurrence(large));
    groups.add(madeOccurrence({ ...large, causes: [cause, cause, cause] }));
    groups.add(madeOccurrence({ ...large, causes: [cause, cause, cause, cause, cause] }));
    const has = samplesOf('a000000000000000').map((sample) =>
      ['stack', 'breadcrumbs', 'causes'].filter((key) => sample !== undefined && key in sample),
    );
    expect(has).toEqual([[], ['stack', 'breadcrumbs', 'causes'], ['breadcrumbs', 'causes'], ['causes'], []]);
  });

  it('of the groups seen longest ago leave when all of them are too large, and are counted', () => {
    runtimeState.errors.maxGroups = 10_000;
    for (let i = 0; i < 2000; i += 1) {
      groups.add(madeOccurrence({ groupId: `g${i}`, message: 'm'.repeat(2000) }));
    }
    expect(groups.texts.sampleBytes).toBeLessThanOrEqual(2_000_000);
    const held = [...groups.all].map(({ samples }) => samples.length);
    const first = held.indexOf(1);
    expect(first).toBeGreaterThan(0);
    expect(held.slice(first)).toEqual(new Array(2000 - first).fill(1));
    expect(groups.texts.samplesEvicted).toBe(first);
  });
});

describe('stacks of all groups', () => {
  const add = (count: number, frames: (group: number) => string) => {
    runtimeState.errors.maxGroups = 10_000;
    for (let i = 0; i < count; i += 1) groups.add(madeOccurrence({ groupId: `g${i}`, stack: frames(i) }));
    expect(groups.memoryBytes).toBeLessThanOrEqual(15_500_000);
  };

  it('are packed where they are too much, and come out whole', () => {
    const frames = (i: number) =>
      Array.from({ length: 60 }, (_, frame) => `\n    at frame${frame} (/app/\u00e9t\u00e9/\u4e2d/${i}.js:1:1)`).join(
        '',
      );
    add(6000, frames);
    expect(groups.texts.stacksShortened).toBe(0);
    for (const i of [0, 1, 2999, 5998, 5999]) expect(groups.get(`g${i}`)?.stack).toBe(frames(i));
    const bytes = [...groups.all].map(({ stackBytes }) => stackBytes);
    expect(bytes[0]).toBeLessThan(500);
    expect(bytes.at(-1)).toBeGreaterThan(2000);
    expect(groups.texts.stackBytes).toBe(bytes.reduce((sum, one) => sum + one, 0));
    // an error with a stack that is packed is none with another stack
    groups.add(madeOccurrence({ groupId: 'g0', stack: frames(0) }));
    expect(samplesOf('g0').at(-1)).not.toHaveProperty('stack');
  });

  it('are cut where that is not enough, those of the groups seen longest ago first', () => {
    const noise = Array.from({ length: 2000 }, (_, i) => madeUser(i)).join('');
    const frames = (i: number) =>
      Array.from({ length: 200 }, (_, frame) => {
        const from = (i * 997 + frame * 331) % 60_000;
        return `\n    at ${noise.slice(from, from + 40)} (/app/${i}.js:1:1)`;
      }).join('');
    add(3000, frames);
    const [first] = groups.all;
    expect(first?.isStackShortened).toBe(true);
    expect(first?.stack?.length).toBeLessThanOrEqual(512);
    expect(frames(0).startsWith(`${first?.stack}\n`)).toBe(true);
    expect(groups.get('g2999')?.stack).toBe(frames(2999));
    const isShortened = [...groups.all].map((group) => group.isStackShortened);
    expect(groups.texts.stacksShortened).toBe(isShortened.filter(Boolean).length);
    expect(isShortened.lastIndexOf(true)).toBe(groups.texts.stacksShortened - 1);
    groups.add(madeOccurrence({ groupId: 'g0', stack: frames(0) }));
    expect(samplesOf('g0').at(-1)).not.toHaveProperty('stack');
  });
});

describe('two groups that are found to be one', () => {
  it('are what one would have been that saw all', () => {
    const seen = fc.record({
      isFirst: fc.boolean(),
      gap: fc.integer({ min: 0, max: 2 * HOUR }),
      user: fc.integer({ min: 0, max: 30 }),
      operationName: fc.constantFrom('x', 'y', undefined),
      severity: fc.constantFrom('info', 'warning', 'error', 'critical'),
    });
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 40 }), (all) => {
        groups = new ErrorGroups();
        const one = new ErrorGroups();
        let at = START;
        for (const { isFirst, gap, user, operationName, severity } of all) {
          at += gap;
          const occurrence = madeOccurrence({ at, operationName, severity, userHash: madeUser(user) });
          one.add(occurrence);
          groups.add({ ...occurrence, fingerprint: { ...occurrence.fingerprint, groupId: isFirst ? 'a' : 'b' } });
        }
        groups.merge('a', 'b');
        const [merged, whole] = [[...groups.all][0], [...one.all][0]];
        expect(groups.size).toBe(all.length === 0 ? 0 : 1);
        if (merged === undefined || whole === undefined) return;
        const facts = (group: typeof merged, { windows }: ErrorGroups) => ({
          count: group.count,
          severity: group.severity,
          severities: [group.info, group.warning, group.error, group.critical],
          seen: [group.firstSeen, group.lastSeen],
          users: group.users?.size,
          operations: group.operations?.list().sort((a, b) => (a.name < b.name ? -1 : 1)),
          windows: windows.read(group.row, at),
        });
        expect(facts(merged, groups)).toEqual(facts(whole, one));
      }),
    );
  });

  it('are found by both ids, and later errors of the first come to the second', () => {
    groups.add(madeOccurrence({ groupId: 'raw', title: 'raw' }));
    groups.add(madeOccurrence({ groupId: 'mapped', title: 'mapped', at: START + 1 }));
    expect(groups.merge('raw', 'mapped')).toBe(true);
    expect(ids()).toEqual(['mapped']);
    expect(groups.find('raw')).toBe(groups.find('mapped'));
    expect(groups.find('raw')).toMatchObject({ title: 'mapped', count: 2, aliases: ['raw'] });
    groups.add(madeOccurrence({ groupId: 'raw' }));
    expect(groups.find('mapped')?.count).toBe(3);
  });

  it('where the second is not there yet, it begins with what the first is called, until an error tells', () => {
    groups.add(madeOccurrence({ groupId: 'raw', title: 'raw' }));
    expect(groups.merge('raw', 'mapped')).toBe(true);
    expect(groups.get('mapped')).toMatchObject({
      title: 'raw',
      stack: '\n    at extract (/app/extract.js:1:1)',
      count: 1,
    });
    groups.add(madeOccurrence({ groupId: 'mapped', title: 'mapped', stack: '\n    at extract (extract.ts:7:1)' }));
    expect(groups.get('mapped')).toMatchObject({
      title: 'mapped',
      stack: '\n    at extract (extract.ts:7:1)',
      count: 2,
    });
  });

  it('are found by ids over several steps, and in circles nothing happens', () => {
    groups.add(madeOccurrence({ groupId: 'a' }));
    expect(groups.merge('a', 'b')).toBe(true);
    expect(groups.merge('b', 'c')).toBe(true);
    expect(groups.find('a')?.id).toBe('c');
    expect(groups.find('b')?.id).toBe('c');
    expect(groups.merge('c', 'a')).toBe(false);
    expect(groups.merge('a', 'a')).toBe(false);
    expect(groups.merge('unknown', 'c')).toBe(false);
    expect(ids()).toEqual(['c']);
  });

  it('remember sixteen ids, and none of a group that left', () => {
    for (let i = 0; i < 20; i += 1) {
      groups.add(madeOccurrence({ groupId: `raw${i}` }));
      groups.merge(`raw${i}`, 'mapped');
    }
    expect(groups.get('mapped')?.count).toBe(20);
    expect(groups.find('raw3')).toBeUndefined();
    expect(groups.find('raw4')?.id).toBe('mapped');
    groups.expire(START + 8 * DAY);
    groups.add(madeOccurrence({ groupId: 'raw4', at: START + 8 * DAY }));
    expect(ids()).toEqual(['raw4']);
  });
});
