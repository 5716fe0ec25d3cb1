import { runtimeState, type StateEntry } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClockedBook, clockedBook } from './book-clock.js';

beforeEach(() => {
  runtimeState.userHashKey = 'k1';
  runtimeState.release = '1.4.0';
});
afterEach(() => {
  runtimeState.userHashKey = undefined;
  runtimeState.release = undefined;
  runtimeState.usage.retentionDays = 396;
});

/** What a file does to it. */
const throughJson = (entries: Iterable<StateEntry>): StateEntry[] => JSON.parse(JSON.stringify([...entries]));

/** A file: what was written, in order, by key. */
function write(file: Map<string, unknown>, changes: Iterable<StateEntry>): void {
  for (const [key, value] of changes) {
    if (value === undefined) file.delete(key);
    else file.set(key, JSON.parse(JSON.stringify(value)));
  }
}

/** All that can be seen of a book, from the day of the last use. */
const seen = ({ query }: ClockedBook) => ({
  summary: { ...query.summary(), dropped: undefined },
  features: query.features({ since: 0 }).map(({ name }) => query.feature(name, { since: 0 })),
  users: query.activeUsers({ days: 100 }),
  releases: query.releases({ days: 100 }),
});

function used(days: number, seed: number): ClockedBook {
  const clocked = clockedBook();
  for (let day = 0; day < days; day += 1) {
    clocked.onDay(day);
    for (let index = 0; index < 20; index += 1) {
      const feature = ['export', 'import', 'a|b', 'é\u0000'][(index + day) % 4] as string;
      clocked.use(feature, (index * seed + day) % 50, index % 3 === 0 ? 'png' : 'gif', index % 7 === 0, index / 10);
    }
  }
  return clocked;
}

describe('what is restored', () => {
  it('is what there was, to the last figure', () => {
    const before = used(40, 7);
    const after = clockedBook();
    after.onDay(39);
    const entries = throughJson(before.state.entries());
    expect(after.state.restore(entries, 1)).toEqual({ restored: entries.length, expired: 0, refused: 0 });
    expect(seen(after)).toEqual(seen(before));
  });

  it('out of what was written bit by bit is the same', () => {
    const file = new Map<string, unknown>();
    const before = clockedBook();
    for (let round = 0; round < 30; round += 1) {
      before.onDay(round / 5);
      for (let index = 0; index < 40; index += 1) before.use(`f${index % 3}`, round * 25 + index, 'used', false, index);
      write(file, before.state.takeChanges());
    }
    expect([...before.state.takeChanges()]).toEqual([]);
    expect([...file.keys()].some((key) => /\.[1-9]\d*\|/.test(key))).toBe(true);
    const after = clockedBook();
    after.onDay(29 / 5);
    expect(after.state.restore(file, 1).refused).toBe(0);
    expect(seen(after)).toEqual(seen(before));
  });

  it('is added to what the process has by now: counts add up, users are united', () => {
    const before = clockedBook();
    before.use('export', 'u1', 'png', true, 2);
    before.use('export', 'u2', 'png', false, 4);
    const after = clockedBook();
    after.use('export', 'u2', 'png', false, 6);
    after.use('export', 'u3', 'gif');
    after.state.restore(throughJson(before.state.entries()), 1);
    after.use('export', 'u3', 'gif');
    expect(after.query.feature('export')).toMatchObject({
      uses: 5,
      failures: 1,
      users: 3,
      durations: { count: 3, meanSeconds: 4 },
      actions: [
        { action: 'png', uses: 3 },
        { action: 'gif', uses: 2 },
      ],
    });
    expect(after.query.summary().today).toEqual({ uses: 5, failures: 1, successRate: 0.8 });
    expect(after.query.releases()).toMatchObject([{ release: '1.4.0', uses: 5, users: 3, shareOfUses: 1 }]);
  });

  it('of two processes is the sum of both, whichever comes first', () => {
    const [one, other] = [used(5, 3), used(9, 11)];
    const merged = [
      [one, other],
      [other, one],
    ].map((both) => {
      const into = clockedBook();
      into.onDay(8);
      for (const { state } of both) into.state.restore(throughJson(state.entries()), 1);
      return seen(into);
    });
    expect(merged[0]).toEqual(merged[1]);
    expect(merged[0]?.summary.month.uses).toBe(14 * 20);
    expect(merged[0]?.users.monthly.users).toBe(50);
  });

  it('adds to days that are long over as to those of last week', () => {
    const entries = throughJson(used(80, 7).state.entries());
    const after = clockedBook();
    after.onDay(79);
    after.state.restore(entries, 1);
    after.book.size.recount(20_781 + 79);
    after.state.restore(throughJson(used(1, 3).state.entries()), 1);
    const [first, second] = after.query.feature('export', { since: 0 })?.days ?? [];
    expect([first?.day, first?.uses, second?.day, second?.uses]).toEqual(['2026-11-24', 10, '2026-11-25', 5]);
    expect([first?.durations?.count, first?.users]).toEqual([10, 8]);
  });

  it('twice has each count twice and each user once', () => {
    const entries = throughJson(used(3, 7).state.entries());
    const after = clockedBook();
    after.onDay(2);
    after.state.restore(entries, 1);
    const once = seen(after);
    after.state.restore(entries, 1);
    expect(after.query.summary().month.uses).toBe(2 * once.summary.month.uses);
    expect(after.query.activeUsers({ days: 100 })).toEqual(once.users);
  });

  it('and written by this process again, over what the last one wrote, is not doubled', () => {
    const file = new Map<string, unknown>();
    for (let run = 0; run < 4; run += 1) {
      const clocked = clockedBook();
      clocked.onDay(run);
      clocked.state.restore(new Map(file), 1);
      for (let flush = 0; flush < 10; flush += 1) {
        for (let index = 0; index < 30; index += 1) clocked.use('export', `${run} ${flush} ${index}`);
        write(file, clocked.state.takeChanges());
      }
    }
    const last = clockedBook();
    last.onDay(3);
    last.state.restore(file, 1);
    expect(last.query.feature('export')).toMatchObject({ uses: 1200 });
    expect(Math.abs((last.query.feature('export')?.users ?? 0) - 1200)).toBeLessThan(80);
  });

  it('is nothing that is too old', () => {
    const entries = throughJson(used(3, 7).state.entries());
    const after = clockedBook();
    after.onDay(397);
    const ofLastDay = entries.filter(([key]) => key.includes('|2026-11-26|')).length;
    expect(after.state.restore(entries, 1)).toEqual({
      restored: ofLastDay,
      expired: entries.length - ofLastDay,
      refused: 0,
    });
  });

  it('is nothing of another version', () => {
    const entries = throughJson(used(1, 7).state.entries());
    const after = clockedBook();
    expect(after.state.restore(entries, 2)).toEqual({ restored: 0, expired: 0, refused: entries.length });
    expect(after.query.features()).toEqual([]);
  });

  const good = ['used', 2, 1, 1, 0.5, [-8, 1]];
  it.each([
    ['no entry', 'f|2026-11-24|export'],
    ['no key', [1, {}]],
    ['a key of something else', ['x|2026-11-24|export', { v: 1, l: 0, u: 0, a: [] }]],
    ['a day that there is not', ['f|2026-02-30|export', { v: 1, l: 0, u: 0, a: [] }]],
    ['a feature without a name', ['f|2026-11-24|', { v: 1, l: 0, u: 0, a: [] }]],
    ['a service with one', ['s|2026-11-24|x', { v: 1, l: 0, u: 0, a: [] }]],
    ['a name without end', [`f|2026-11-24|${'x'.repeat(2000)}`, { v: 1, l: 0, u: 0, a: [] }]],
    ['no value', ['f|2026-11-24|export', null]],
    ['a value of another version', ['f|2026-11-24|export', { v: 2, l: 0, u: 0, a: [] }]],
    ['no time', ['f|2026-11-24|export', { v: 1, l: null, u: 0, a: [] }]],
    ['actions without end', ['f|2026-11-24|export', { v: 1, l: 0, u: 0, a: Array(30).fill(good) }]],
    ['an action twice', ['f|2026-11-24|export', { v: 1, l: 0, u: 0, a: [good, good] }]],
    ['more failures than uses', ['f|2026-11-24|export', { v: 1, l: 0, u: 0, a: [['used', 1, 2, 0, 0, []]] }]],
    ['a count below nothing', ['f|2026-11-24|export', { v: 1, l: 0, u: 0, a: [['used', -1, 0, 0, 0, []]] }]],
    ['half a use', ['f|2026-11-24|export', { v: 1, l: 0, u: 0, a: [['used', 1.5, 0, 0, 0, []]] }]],
    ['durations without buckets', ['f|2026-11-24|export', { v: 1, l: 0, u: 0, a: [['used', 1, 0, 1, 1, []]] }]],
    ['a sketch cut short', ['fu|2026-11-24|0123abcd.0|export', '1cAAAD']],
    ['a sketch without a key', ['fu|2026-11-24|export', '1cAAADH']],
    ['a part that cannot be', ['fu|2026-11-24|0123abcd.9999|export', '1cAAADH']],
  ])('is nothing where there is %s, and the rest is used', (_, damaged) => {
    const after = clockedBook();
    const whole: StateEntry = ['f|2026-11-24|whole', { v: 1, l: 0, u: 0, a: [good] }];
    const result = after.state.restore([damaged as unknown as StateEntry, whole], 1);
    expect(result).toEqual({ restored: 1, expired: 0, refused: 1 });
    expect(after.query.features().map(({ name, uses }) => [name, uses])).toEqual([['whole', 2]]);
  });

  it('is something or nothing, never an error, whatever the file holds', () => {
    const keys = throughJson(used(1, 7).state.entries()).map(([key]) => key);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom(...keys)), fc.oneof(fc.jsonValue(), fc.anything()))),
        (entries) => {
          const after = clockedBook();
          const { restored, expired, refused } = after.state.restore(entries as StateEntry[], 1);
          expect(restored + expired + refused).toBe(entries.length);
          JSON.stringify(seen(after));
        },
      ),
    );
  });

  it('ends where the entries cannot be read any further', () => {
    const [first, second] = throughJson(used(1, 7).state.entries()) as [StateEntry, StateEntry];
    function* torn(): Generator<StateEntry> {
      yield first;
      yield second;
      throw new Error('torn');
    }
    expect(clockedBook().state.restore(torn(), 1)).toEqual({ restored: 2, expired: 0, refused: 0 });
  });

  it('keeps of too many features those that were used last', () => {
    const entries: StateEntry[] = Array.from({ length: 800 }, (_, index) => [
      `f|2026-11-24|f${(index * 7) % 800}`,
      { v: 1, l: Date.parse('2026-11-24T00:00:00Z') + ((index * 7) % 800), u: 0, a: [good] },
    ]);
    const after = clockedBook();
    after.use('live');
    after.state.restore(entries, 1);
    expect(after.book.features.size).toBe(500);
    expect(after.book.dropped).toMatchObject({ features: 301, days: 0 });
    const kept = ['live', 'f799', 'f301', 'f300'].map((name) => after.book.features.find(name) !== undefined);
    expect(kept).toEqual([true, true, true, false]);
  });

  it('bit by bit, in any order, keeps of too many features those that were used last too', () => {
    const entries: StateEntry[] = Array.from({ length: 800 }, (_, index) => [
      `f|2026-11-24|f${index}`,
      { v: 1, l: Date.parse('2026-11-24T00:00:00Z') + ((index * 7) % 800), u: 0, a: [good] },
    ]);
    const after = clockedBook();
    const results = [];
    while (entries.length > 0) results.push(after.state.restore(entries.splice(0, 64), 1));
    const kept = [...after.book.features.values()].map(({ lastUsedMillis }) => lastUsedMillis % 86_400_000);
    expect(kept.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 500 }, (_, index) => 300 + index));
    const expired = results.reduce((sum, result) => sum + result.expired, 0);
    expect(after.book.dropped.features + expired).toBe(300);
  });

  it('is written by who wrote it: nothing of it counts as changed, and what comes to it is written with it', () => {
    const before = clockedBook();
    before.use('export', 'u1');
    const after = clockedBook();
    after.state.restore(throughJson(before.state.entries()), 1);
    expect(after.state.takeChanges()).toEqual([]);
    after.use('export', 'u2');
    expect(after.state.takeChanges()).toMatchObject([
      ['f|2026-11-24|export', { a: [['used', 2, 0, 0, 0, []]] }],
      [expect.stringContaining('fu|2026-11-24|'), expect.stringMatching(/^1c.{10}$/)],
      ['s|2026-11-24|', { a: [['', 2, 0, 0, 0, []]] }],
      [expect.stringContaining('su|2026-11-24|'), expect.stringMatching(/^1c.{10}$/)],
      ['r|2026-11-24|1.4.0', { a: [['', 2, 0, 0, 0, []]] }],
      [expect.stringContaining('ru|2026-11-24|'), expect.stringMatching(/^1c.{10}$/)],
    ]);
  });
});

describe('what is written', () => {
  it('is only what has changed', () => {
    const { state, use } = clockedBook();
    use('export', 'u1');
    use('import', 'u1');
    expect(state.takeChanges().map(([key]) => key.replace(/[0-9a-f]{8}\./, ''))).toEqual([
      'f|2026-11-24|export',
      'fu|2026-11-24|0|export',
      's|2026-11-24|',
      'su|2026-11-24|0|',
      'r|2026-11-24|1.4.0',
      'ru|2026-11-24|0|1.4.0',
      'f|2026-11-24|import',
      'fu|2026-11-24|0|import',
    ]);
    expect(state.takeChanges()).toEqual([]);
    use('import', 'u1');
    expect(state.takeChanges().map(([key]) => key)).toEqual([
      'f|2026-11-24|import',
      's|2026-11-24|',
      'r|2026-11-24|1.4.0',
    ]);
  });

  it('says what is gone', () => {
    runtimeState.usage.retentionDays = 1;
    const file = new Map<string, unknown>();
    const { state, use, onDay } = clockedBook();
    use('export', 'u1');
    write(file, state.takeChanges());
    use('export', 'u2');
    write(file, state.takeChanges());
    onDay(1);
    use('import');
    write(file, state.takeChanges());
    expect([...file.keys()]).toEqual(['f|2026-11-25|import', 's|2026-11-25|', 'r|2026-11-25|1.4.0']);
  });

  it('says of what left, and came again, that it is there', () => {
    const file = new Map<string, unknown>();
    const { state, use } = clockedBook();
    use('f0', 'u1');
    write(file, state.takeChanges());
    for (let index = 1; index <= 500; index += 1) use(`f${index}`);
    use('f0', 'u1');
    write(file, state.takeChanges());
    expect([...file.keys()].filter((key) => key.endsWith('|f0')).map((key) => key.slice(0, 2))).toEqual(['f|', 'fu']);
  });

  it('of users whose ids were hashed with the own key of the process is their number alone', () => {
    runtimeState.userHashKey = undefined;
    const file = new Map<string, unknown>();
    const before = clockedBook();
    for (const user of ['u1', 'u2', 'u3']) before.use('export', user);
    write(file, before.state.takeChanges());
    before.use('export', 'u4');
    write(file, before.state.takeChanges());
    expect([...file.keys()].filter((key) => /^.u/.test(key))).toEqual([]);
    expect(throughJson(before.state.entries())).toEqual(expect.arrayContaining([...file]));
    const after = clockedBook();
    runtimeState.userHashKey = 'from the disk';
    for (const user of ['u1', 'u2']) after.use('export', user);
    after.state.restore(file, 1);
    // who they were nobody can tell any more: the same four, as far as anybody knows
    expect(after.query.feature('export')).toMatchObject({ uses: 6, users: 4 });
  });

  it('once the key has come is under it', () => {
    runtimeState.userHashKey = undefined;
    const file = new Map<string, unknown>();
    const { state, use } = clockedBook();
    use('export', 'u1');
    write(file, state.takeChanges());
    runtimeState.userHashKey = 'from the disk';
    write(file, state.takeChanges());
    expect([...file.keys()].filter((key) => key.startsWith('fu'))).toHaveLength(1);
  });

  it('has no id of a user in it', () => {
    const { state, use } = clockedBook();
    for (let user = 0; user < 3000; user += 1) use('export', `somebody-${user}@example.com`);
    expect(JSON.stringify([...state.entries(), ...state.takeChanges()])).not.toMatch(/somebody|example/);
  });
});
