import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockedBook } from '../book/book-clock.js';

beforeEach(() => {
  runtimeState.userHashKey = 'k1';
});
afterEach(() => {
  runtimeState.userHashKey = undefined;
  runtimeState.release = undefined;
});

describe('a feature', () => {
  it('is told with its uses, users, durations, actions and days', () => {
    const { query, use, onDay } = clockedBook();
    use('export', 'u1', 'png', false, 1);
    use('export', 'u2', 'png', true, 3);
    use('import', 'u3');
    onDay(2);
    use('export', 'u1', 'gif', false);
    use('export', 'u1', 'gif', false);
    const { durations, days, ...rest } = query.feature('export') ?? { durations: undefined, days: undefined };
    expect(rest).toEqual({
      name: 'export',
      uses: 4,
      failures: 1,
      successRate: 0.75,
      users: 2,
      adoption: expect.closeTo(2 / 3, 9),
      activeUsers: {
        // nobody yesterday, two on the day before
        daily: { users: 1, change: -1 },
        weekly: { users: 2 },
        monthly: { users: 2 },
      },
      trend: {},
      firstDay: '2026-11-24',
      lastUsed: '2026-11-26T10:00:00.000Z',
      actions: [
        {
          action: 'png',
          uses: 2,
          failures: 1,
          successRate: 0.5,
          durations: { count: 2, meanSeconds: 2, p50Seconds: expect.any(Number), p95Seconds: expect.any(Number) },
        },
        { action: 'gif', uses: 2, failures: 0, successRate: 1 },
      ],
    });
    expect(durations).toMatchObject({ count: 2, meanSeconds: 2 });
    expect(Math.abs((durations?.p50Seconds ?? 0) - 1)).toBeLessThan(0.044);
    expect(Math.abs((durations?.p95Seconds ?? 0) / 3 - 1)).toBeLessThan(0.044);
    expect(days?.map(({ day, uses, failures, users }) => [day, uses, failures, users])).toEqual([
      ['2026-11-24', 2, 1, 2],
      ['2026-11-26', 2, 0, 1],
    ]);
  });

  it('that was not used since then is undefined', () => {
    const { query, use, onDay } = clockedBook();
    use('export');
    onDay(3);
    expect(query.feature('export')?.uses).toBe(1);
    expect(query.feature('export', { since: '2026-11-25' })).toBeUndefined();
    expect(query.feature('import')).toBeUndefined();
  });

  it('counts since a time, the day of it included', () => {
    const { query, use, onDay } = clockedBook();
    for (let day = 0; day < 100; day += 1) {
      onDay(day);
      use('export', `u${day}`);
    }
    const uses = (since?: unknown) => query.feature('export', { since: since as string })?.uses;
    expect(uses()).toBe(28);
    expect(uses('2027-03-03T23:59:59Z')).toBe(1);
    expect(uses('2027-03-02')).toBe(2);
    expect(uses(new Date('2027-03-01T12:00:00Z'))).toBe(3);
    expect(uses(Date.parse('2027-03-01T12:00:00Z'))).toBe(3);
    expect(uses(0)).toBe(100);
    expect(uses(-1e300)).toBe(100);
    expect(uses(Number.POSITIVE_INFINITY)).toBe(1);
    for (const none of [Number.NaN, 'yesterday', new Date(Number.NaN), {}, null, Symbol('s'), 1n]) {
      expect(uses(none)).toBe(28);
    }
  });

  it('has a trend of whole days: today, which is not over, is no fall', () => {
    const { query, use, onDay } = clockedBook();
    for (let day = 0; day < 15; day += 1) {
      onDay(day);
      // 4 a day, then 6, and today none by now but one
      const uses = day === 14 ? 1 : day < 7 ? 4 : 6;
      for (let index = 0; index < uses; index += 1) use('export', `u${index}`);
    }
    const since = '2026-12-02';
    expect(query.feature('export', { since })?.uses).toBe(6 * 6 + 1);
    expect(query.feature('export', { since })?.trend).toEqual({ uses: 0.5, users: expect.closeTo(0.5, 9) });
    expect(query.feature('export', { since })?.activeUsers).toEqual({
      daily: { users: 1, change: 0 },
      weekly: { users: 6, change: expect.closeTo(0.5, 9) },
      monthly: { users: 6 },
    });
  });
});

describe('features', () => {
  const three = () => {
    const clocked = clockedBook();
    const { use, onDay } = clocked;
    for (let index = 0; index < 3; index += 1) use('b', `u${index}`);
    use('a', 'u1', 'used', true);
    use('a', 'u1', 'used', true);
    for (let index = 0; index < 9; index += 1) use('c', 'u1');
    onDay(0.1);
    use('a', 'u1');
    return clocked;
  };

  it.each([
    ['uses', 'cab'],
    ['users', 'bac'],
    ['failures', 'abc'],
    ['last_used', 'abc'],
    ['name', 'abc'],
    ['nothing of it', 'cab'],
  ])('are sorted by %s', (sort, order) => {
    const features = three().query.features({ sort: sort as 'uses' });
    expect(features.map(({ name }) => name).join('')).toBe(order);
  });

  it('are as many as are wanted', () => {
    const { query } = three();
    const count = (limit: unknown) => query.features({ limit: limit as number }).length;
    expect([0, 2, 2.9, 500, 1e9].map(count)).toEqual([0, 2, 2, 3, 3]);
    expect([-1, Number.NaN, '2', null, undefined].map(count)).toEqual([0, 3, 3, 3, 3]);
  });

  it('that were used before are not there', () => {
    const { query, use, onDay } = three();
    onDay(30);
    use('d');
    expect(query.features().map(({ name }) => name)).toEqual(['d']);
    expect(query.features({ since: '2026-11-01' })).toHaveLength(4);
  });
});

describe('active users', () => {
  it('of a day, 7 and 28 days are told, and of each day', () => {
    const { query, book, onDay } = clockedBook();
    for (let day = 0; day < 60; day += 1) {
      onDay(day);
      book.activeUser('always');
      book.activeUser(`on day ${day}`);
      if (day % 7 === 0) book.activeUser('weekly');
    }
    const { daily, weekly, monthly, days } = query.activeUsers({ days: 3 });
    expect({ daily, weekly, monthly }).toEqual({
      daily: { users: 2, change: 0 },
      weekly: { users: 1 + 7 + 1, change: 0 },
      monthly: { users: 1 + 28 + 1, change: 0 },
    });
    expect(days).toEqual([
      { day: '2027-01-20', users: 2 },
      { day: '2027-01-21', users: 2 },
      { day: '2027-01-22', users: 2 },
    ]);
    expect(query.activeUsers().days).toHaveLength(28);
    expect(query.activeUsers({ days: 1e9 }).days).toHaveLength(396);
    expect(query.activeUsers({ days: 0 }).days).toHaveLength(1);
  });

  it('are nobody in the beginning, and there is nothing to compare with', () => {
    const { query } = clockedBook();
    expect(query.activeUsers({ days: 1 })).toEqual({
      daily: { users: 0 },
      weekly: { users: 0 },
      monthly: { users: 0 },
      days: [{ day: '2026-11-24', users: 0 }],
    });
  });
});

describe('releases', () => {
  it('are told with their share of users and uses, day by day', () => {
    const { query, use, onDay } = clockedBook();
    const day = (at: number, old: number, fresh: number) => {
      onDay(at);
      runtimeState.release = '1.4.0';
      for (let user = 0; user < old; user += 1) use('export', `o${user}`);
      runtimeState.release = '1.5.0';
      for (let user = 0; user < fresh; user += 1) use('export', `n${user}`);
    };
    day(0, 4, 0);
    day(1, 3, 1);
    day(2, 1, 3);
    const [latest, before] = query.releases();
    expect(latest).toEqual({
      release: '1.5.0',
      uses: 4,
      users: 3,
      shareOfUses: 1 / 3,
      shareOfUsers: expect.closeTo(3 / 7, 9),
      firstDay: '2026-11-25',
      lastDay: '2026-11-26',
      days: [
        { day: '2026-11-25', uses: 1, users: 1, shareOfUses: 0.25, shareOfUsers: 0.25 },
        { day: '2026-11-26', uses: 3, users: 3, shareOfUses: 0.75, shareOfUsers: 0.75 },
      ],
    });
    expect([before?.release, before?.uses, before?.users]).toEqual(['1.4.0', 8, 4]);
    expect(query.summary().release).toEqual({ release: '1.5.0', shareOfUses: 0.75, shareOfUsers: 0.75 });
    expect(query.releases({ days: 1 }).map(({ uses }) => uses)).toEqual([3, 1]);
  });

  it('are none where nobody told which one runs', () => {
    const { query, use } = clockedBook();
    use('export', 'u1');
    expect([query.releases(), query.summary().release]).toEqual([[], undefined]);
  });
});

describe('the summary', () => {
  it('tells of today, the month, the most used features and what left', () => {
    const { query, use, onDay } = clockedBook();
    use('old', 'u1');
    onDay(10);
    for (let index = 0; index < 12; index += 1) for (let use_ = 0; use_ <= index; use_ += 1) use(`f${index}`, 'u1');
    onDay(30);
    use('f3', 'u2', 'used', true);
    const { topFeatures, dropped, ...rest } = query.summary();
    expect(rest).toEqual({
      day: '2026-12-24',
      firstDay: '2026-11-24',
      activeUsers: { daily: { users: 1 }, weekly: { users: 1 }, monthly: { users: 2, change: 0 } },
      today: { uses: 1, failures: 1, successRate: 0 },
      month: { uses: 79, failures: 1, successRate: 78 / 79 },
      featureCount: 13,
    });
    expect(topFeatures).toHaveLength(10);
    expect(topFeatures[0]).toEqual({ name: 'f11', uses: 12, failures: 0, successRate: 1, users: 1 });
    const { workflows, flags, ...ofFeatures } = dropped;
    expect(Object.values(ofFeatures)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect([workflows, flags]).toEqual([
      { runs: 0, workflows: 0, steps: 0, days: 0 },
      { variants: 0, forgotten: 0, days: 0, unreadable: 0 },
    ]);
  });

  it('of nothing is a summary too', () => {
    expect(clockedBook().query.summary()).toMatchObject({
      day: '2026-11-24',
      today: { uses: 0, failures: 0 },
      featureCount: 0,
      topFeatures: [],
    });
  });
});

describe('whatever is asked', () => {
  const refuse = (): never => {
    throw new Error('refused');
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const hostile: unknown[] = [
    null,
    1,
    'x',
    Symbol('s'),
    revoked.proxy,
    new Proxy({}, { get: refuse }),
    { since: { valueOf: refuse, [Symbol.toPrimitive]: refuse }, limit: { valueOf: refuse }, sort: Symbol('s') },
    { since: revoked.proxy, days: -1e300 },
    { since: 'x'.repeat(5_000_000), days: Number.NaN },
  ];

  it('an answer comes, that can be written as JSON', () => {
    const { query, use } = clockedBook();
    use('export', 'u1');
    const ask = (options: unknown): void => {
      const answers = [
        query.features(options as object),
        query.feature('export', options as object),
        query.feature(options as string),
        query.activeUsers(options as object),
        query.releases(options as object),
      ];
      expect(JSON.parse(JSON.stringify(answers)).length).toBe(answers.length);
    };
    for (const options of hostile) ask(options);
    fc.assert(
      fc.property(
        fc.record({ since: fc.anything(), limit: fc.anything(), sort: fc.anything(), days: fc.anything() }),
        (options) => ask(options),
      ),
      { numRuns: 200 },
    );
  });

  it('nothing comes into the book by being asked', () => {
    runtimeState.release = '1.4.0';
    const { query, book } = clockedBook();
    query.summary();
    query.activeUsers();
    expect([[...book.cells()], query.releases()]).toEqual([[], []]);
  });

  it('what comes can be changed without changing the book', () => {
    const { query, use } = clockedBook();
    use('export', 'u1');
    const before = JSON.stringify(query.feature('export'));
    const given = query.feature('export') as unknown as { uses: number; actions: unknown[]; days: unknown[] };
    given.uses = 99;
    given.actions.length = 0;
    given.days.length = 0;
    expect(JSON.stringify(query.feature('export'))).toBe(before);
  });
});
