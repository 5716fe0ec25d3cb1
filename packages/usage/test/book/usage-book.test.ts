import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageBook } from '../../src/book/usage-book.js';
import { DAY_MILLIS } from '../../src/book/utc-day.js';
import { clockedBook, START } from './book-clock.js';

beforeEach(() => {
  runtimeState.userHashKey = 'k1';
});
afterEach(() => {
  runtimeState.userHashKey = undefined;
  runtimeState.release = undefined;
  runtimeState.usage.retentionDays = 396;
});

describe('a day changes while the process runs', () => {
  it('and a use counts for the day on which it is, to the millisecond', () => {
    let now = Date.parse('2026-11-24T23:59:59.999Z');
    const book = new UsageBook(() => now);
    const action = book.action('export', 'used');
    action.count(false, undefined, 'u1');
    now += 1;
    action.count(false, undefined, 'u1');
    action.count(true, undefined, 'u2');
    expect(cellsOf(book)).toEqual({
      's|20781': [1, 0, 1],
      's|20782': [2, 1, 2],
      'f|20781|export': [1, 0, 1],
      'f|20782|export': [2, 1, 2],
    });
  });

  it('whatever the time zone of the process and its summer time', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      // Berlin's clocks go back an hour at 01:00 UTC; its day has 25 hours, the UTC day 24
      let now = Date.parse('2026-10-24T23:30:00Z');
      const book = new UsageBook(() => now);
      const action = book.action('export', 'used');
      for (let hour = 0; hour < 25; hour += 1) {
        action.count(false, undefined, undefined);
        now += 3_600_000;
      }
      expect(cellsOf(book)).toMatchObject({ 'f|20750|export': [1, 0, 0], 'f|20751|export': [24, 0, 0] });
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe('a clock that is set', () => {
  it('back counts where it is, and loses nothing', () => {
    const { book, onDay, use } = clockedBook();
    use('export', 'u1');
    onDay(-30);
    use('export', 'u1');
    use('import', 'u1');
    onDay(0);
    use('export', 'u2');
    expect(cellsOf(book)).toEqual({
      's|20781': [2, 0, 2],
      's|20751': [2, 0, 1],
      'f|20781|export': [2, 0, 2],
      'f|20751|export': [1, 0, 1],
      'f|20751|import': [1, 0, 1],
    });
  });

  it('ahead by years for a moment empties no book', () => {
    let now = START;
    const book = new UsageBook(
      () => now,
      () => 0,
    );
    const action = book.action('export', 'used');
    action.count(false, undefined, 'u1');
    now += 3000 * DAY_MILLIS;
    action.count(false, undefined, 'u1');
    now = START;
    action.count(false, undefined, 'u1');
    expect(cellsOf(book)).toMatchObject({ 'f|20781|export': [2, 0, 1], 'f|23781|export': [1, 0, 1] });
  });

  it('to no time at all is the first of days, and nothing throws', () => {
    const book = new UsageBook(() => Number.NaN);
    book.action('export', 'used').count(false, 1, 'u1');
    book.activeUser('u2');
    expect(cellsOf(book)).toEqual({ 's|0': [1, 0, 2], 'f|0|export': [1, 0, 1] });
  });
});

describe('what is kept', () => {
  it('in a process that runs for fourteen months is thirteen of them', () => {
    const { book, onDay, use } = clockedBook();
    for (let day = 0; day < 426; day += 1) {
      onDay(day);
      use('export', `u${day % 40}`);
    }
    const days = [...(book.features.find('export')?.days.keys() ?? [])];
    expect(days).toHaveLength(396);
    expect(Math.min(...days)).toBe(20_781 + 426 - 396);
    expect(book.service.days.size).toBe(396);
    expect(book.dropped.days).toBe(0);
  });

  it('is as long as is configured; the feature leaves with its last day', () => {
    runtimeState.usage.retentionDays = 2;
    const { book, onDay, use } = clockedBook();
    use('export');
    onDay(1);
    use('import');
    onDay(2);
    use('import');
    expect(cellsOf(book)).toEqual({
      's|20782': [1, 0, 0],
      's|20783': [1, 0, 0],
      'f|20782|import': [1, 0, 0],
      'f|20783|import': [1, 0, 0],
    });
    expect(book.features.find('export')).toBeUndefined();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -5, 'x'])(
    'is some days at least where %s is configured',
    (days) => {
      runtimeState.usage.retentionDays = days as number;
      const { book, onDay, use } = clockedBook();
      use('export');
      onDay(1);
      use('export');
      expect(book.features.find('export')?.days.has(20_782)).toBe(true);
    },
  );
});

describe('users', () => {
  it('count once each for the feature, the release and the service', () => {
    runtimeState.release = '1.4.0';
    const { book, use } = clockedBook();
    use('export', 'u1');
    use('export', 'u1');
    use('import', 'u1');
    use('import', 'u2');
    book.activeUser('u3');
    expect(cellsOf(book)).toEqual({
      's|20781': [4, 0, 3],
      'r|20781|1.4.0': [4, 0, 3],
      'f|20781|export': [2, 0, 1],
      'f|20781|import': [2, 0, 2],
    });
  });

  it.each([
    ['text', 'u1', 1],
    ['a number', 4711, 1],
    ['a bigint', 4711n, 1],
    ['megabytes', 'x'.repeat(5_000_000), 1],
    ['a lone surrogate', '\ud800', 1],
    ['no text', '', 0],
    ['no number', Number.NaN, 0],
    ['a bigint without end', 1n << 100_000n, 0],
    ['null', null, 0],
    ['an object', { toString: () => 'u1' }, 0],
    ['a symbol', Symbol('u1'), 0],
  ])('whose id is %s', (_, userId, count) => {
    const { book, use } = clockedBook();
    use('export', userId);
    book.activeUser(userId);
    expect(book.service.days.get(20_781)?.userCount()).toBe(count);
  });

  it('whose long ids differ in the beginning, the end or the length are several', () => {
    const { book } = clockedBook();
    for (const id of ['a'.repeat(5000), `b${'a'.repeat(4999)}`, `${'a'.repeat(4999)}b`, 'a'.repeat(5001)]) {
      book.activeUser(id);
    }
    expect(book.service.days.get(20_781)?.userCount()).toBe(4);
  });

  it('of 10,000 are 10,000, about, whatever was kept of them', () => {
    const { book } = clockedBook();
    for (let round = 0; round < 2; round += 1) for (let user = 0; user < 10_000; user += 1) book.activeUser(user);
    expect(Math.abs((book.service.days.get(20_781)?.userCount() ?? 0) / 10_000 - 1)).toBeLessThan(0.07);
  });
});

describe('the key of the hash', () => {
  it('that comes after the first users takes them over: nobody counts twice', () => {
    runtimeState.userHashKey = undefined;
    const { book, use } = clockedBook();
    for (const user of ['u1', 'u2', 'u3']) use('export', user);
    runtimeState.userHashKey = 'from the disk';
    for (const user of ['u2', 'u3', 'u4']) use('export', user);
    expect(cellsOf(book)).toEqual({ 's|20781': [6, 0, 4], 'f|20781|export': [6, 0, 4] });
    expect(book.service.days.get(20_781)?.users.logs).toHaveLength(1);
  });

  it('that comes after nobody else is asked for by who reads', () => {
    runtimeState.userHashKey = undefined;
    const { book, use } = clockedBook();
    use('export', 'u1');
    const [before] = book.service.days.get(20_781)?.users.logs ?? [];
    runtimeState.userHashKey = 'from the disk';
    book.users.settle();
    const [after] = book.service.days.get(20_781)?.users.logs ?? [];
    expect([before?.keyId === after?.keyId, after?.sketch.estimate().toFixed(2)]).toEqual([false, '1.00']);
  });

  it('that comes after a minute, after too many users or after too long ids begins a second sketch', () => {
    runtimeState.userHashKey = undefined;
    let now = START;
    const book = new UsageBook(() => now);
    book.activeUser('u1');
    now += 60_001;
    book.activeUser('u2');
    const many = new UsageBook(() => now);
    for (let user = 0; user < 5000; user += 1) many.activeUser(user);
    const long = new UsageBook(() => now);
    for (let user = 0; user < 800; user += 1) long.activeUser(`${user}`.padEnd(700, 'x'));
    runtimeState.userHashKey = 'late';
    for (const each of [book, many, long]) {
      each.activeUser('u1');
      expect(each.service.days.get(20_781)?.users.logs).toHaveLength(2);
    }
    // u1 under both keys: once more than there are, not less
    expect(book.service.days.get(20_781)?.userCount()).toBe(3);
  });

  it('that changes for the fifth time in a day counts nobody more, and says so', () => {
    const { book } = clockedBook();
    for (let key = 0; key < 6; key += 1) {
      runtimeState.userHashKey = `key ${key}`;
      book.activeUser('u1');
    }
    expect(book.service.days.get(20_781)?.users.logs).toHaveLength(4);
    expect(book.dropped.users).toBe(2);
  });

  it('makes the same sketch in every process', () => {
    const [one, other] = [clockedBook().book, clockedBook().book];
    one.activeUser('u1');
    other.activeUser('u1');
    const codes = ({ service }: UsageBook) => [...(service.days.get(20_781)?.users.logs[0]?.sketch.codes ?? [])];
    expect(codes(one)).toEqual(codes(other));
    expect(codes(one)).toHaveLength(1);
  });
});

describe('bounds', () => {
  it('the feature used longest ago leaves for the 501st, with its days', () => {
    let now = START;
    const book = new UsageBook(() => now);
    const use = (name: string) => {
      now += 1;
      book.action(name, 'used').count(false, undefined, undefined);
    };
    for (let index = 0; index < 500; index += 1) use(`f${index}`);
    use('f0');
    use('f500');
    expect([book.features.size, book.features.find('f0') !== undefined, book.features.find('f1')]).toEqual([
      500,
      true,
      undefined,
    ]);
    expect(book.dropped.features).toBe(1);
    expect([...book.cells()].filter((cell) => cell.isGone)).toEqual([]);
  });

  it('names made of ids drive out each other, not the features that are known for days', () => {
    const { book, use, onDay } = clockedBook();
    use('yearly_report');
    onDay(1);
    use('yearly_report');
    for (let id = 0; id < 5000; id += 1) use(`order ${id}`);
    expect(book.features.find('yearly_report')?.days.size).toBe(2);
    expect(book.features.size).toBe(500);
    expect(book.dropped).toMatchObject({ features: 4501, otherActions: 0 });
  });

  it('a handle of a feature that left finds its way back', () => {
    let now = START;
    const book = new UsageBook(() => now);
    const kept = book.action('kept', 'used');
    kept.count(false, undefined, undefined);
    for (let index = 0; index < 500; index += 1) {
      now += 1;
      book.action(`f${index}`, 'used').count(false, undefined, undefined);
    }
    expect(book.features.find('kept')).toBeUndefined();
    kept.count(false, undefined, undefined);
    expect(book.features.find('kept')?.days.get(20_781)?.total().uses).toBe(1);
  });

  it('a feature is counted even where the clock makes it look the oldest', () => {
    let now = START;
    const book = new UsageBook(() => now);
    for (let index = 0; index < 500; index += 1) book.action(`f${index}`, 'used').count(false, undefined, undefined);
    now -= 3_600_000;
    book.action('early', 'used').count(false, undefined, undefined);
    expect(book.features.find('early')?.days.size).toBe(1);
  });

  it('actions beyond the twentieth of a day are `_OTHER`, and counted', () => {
    const { book, use } = clockedBook();
    for (let index = 0; index < 30; index += 1) use('export', undefined, `a${index}`);
    use('export', undefined, 'a3');
    use('export', undefined, '_OTHER');
    const actions = book.features.find('export')?.days.get(20_781)?.actions;
    expect(actions?.size).toBe(21);
    expect([actions?.get('_OTHER')?.uses, actions?.get('a3')?.uses]).toEqual([11, 2]);
    expect(book.dropped.otherActions).toBe(10);
  });

  it('the release that runs stays, and of the others 49', () => {
    const { book, use, onDay } = clockedBook();
    for (let index = 0; index < 60; index += 1) {
      onDay(index / 1000);
      runtimeState.release = `1.${index}.0`;
      use('export', 'u1');
    }
    expect(book.releases.size).toBe(50);
    expect(book.releases.find('1.59.0')?.days.get(20_781)?.total().uses).toBe(1);
    expect(book.dropped.releases).toBe(10);
  });

  it('a use after the release changed is written for the new release too', () => {
    const { state, use } = clockedBook();
    runtimeState.release = '1.0.0';
    use('export');
    state.takeChanges();
    use('export');
    runtimeState.release = '2.0.0';
    use('export');
    expect(state.takeChanges().map(([key]) => key)).toContain('r|2026-11-24|2.0.0');
  });
});

/** Of each day uses, failures and users. */
function cellsOf(book: UsageBook): Record<string, number[]> {
  const read: Record<string, number[]> = {};
  for (const cell of book.cells()) {
    const { uses, failures } = cell.total();
    const key = [cell.subject.kind, cell.day, cell.subject.name].filter((part) => part !== '').join('|');
    read[key] = [uses, failures, cell.userCount()];
  }
  return read;
}
