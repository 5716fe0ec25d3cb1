import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DayBook, type DayCounts } from '../../src/days/day-book.js';

const DAY = 86_400_000;

class Count implements DayCounts {
  constructor(
    public value = 0,
    readonly text = '',
  ) {}
  toValue(): unknown {
    return this.text === '' ? this.value : [this.value, this.text];
  }
  merge(other: Count): void {
    this.value += other.value;
  }
  release(): void {
    // nothing to give back
  }
}

const newBook = (text = '') =>
  new DayBook<Count>('counts', 3, {
    create: () => new Count(0, text),
    read: (value) => {
      const number = Array.isArray(value) ? value[0] : value;
      return typeof number === 'number' ? new Count(number, text) : undefined;
    },
  });
const count = (book: DayBook<Count>, name: string, times = 1) => {
  book.today(name).open().value += times;
};
const told = (book: DayBook<Count>, days = 1000) =>
  Object.fromEntries([...book.last(days)].map((entry) => [entry.key, entry.look(({ value }) => value)]));

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 12) });
});
afterEach(() => {
  vi.useRealTimers();
  runtimeState.usage.retentionDays = 396;
});

describe('a book of days', () => {
  it('counts by name and UTC day', () => {
    const book = newBook();
    count(book, 'a');
    vi.setSystemTime(Date.UTC(2026, 10, 24, 23, 59, 59, 999));
    count(book, 'a');
    vi.setSystemTime(Date.UTC(2026, 10, 25));
    count(book, 'a');
    count(book, 'b', 5);
    expect(told(book)).toEqual({ '2026-11-24/a': 2, '2026-11-25/a': 1, '2026-11-25/b': 5 });
    expect(told(book, 1)).toEqual({ '2026-11-25/a': 1, '2026-11-25/b': 5 });
  });

  it('keeps days that rest, counts on those that are held, and tells both', () => {
    const book = newBook();
    const held = book.today('a');
    held.open().value = 1;
    for (let day = 1; day <= 3; day++) {
      vi.advanceTimersByTime(DAY);
      count(book, 'a');
    }
    held.open().value += 10;
    expect(told(book)).toMatchObject({ '2026-11-24/a': 11 });
    vi.advanceTimersByTime(DAY);
    expect(Object.fromEntries(book.entries())).toMatchObject({ '2026-11-24/a': 11, '2026-11-25/a': 1 });
  });

  it('lets days leave after the retention, says that they are gone to who was told of them, and goes on for 14 months', () => {
    const book = newBook();
    count(book, 'a');
    expect(book.takeChanges()).toEqual([['2026-11-24/a', 1]]);
    const held = book.today('a');
    for (let day = 1; day <= 425; day++) {
      vi.advanceTimersByTime(DAY);
      count(book, 'a');
    }
    expect(Object.keys(told(book))).toHaveLength(396);
    const changes = book.takeChanges();
    expect(changes[0]).toEqual(['2026-11-24/a', undefined]);
    // those that nobody was told of are not said to be gone
    expect(changes).toHaveLength(397);
    held.open().value += 1;
    expect(book.takeChanges()).toEqual([]);
  });

  it('tells each change once, with all that is counted by then', () => {
    const book = newBook();
    count(book, 'a');
    count(book, 'b');
    expect(book.takeChanges()).toEqual([
      ['2026-11-24/a', 1],
      ['2026-11-24/b', 1],
    ]);
    expect(book.takeChanges()).toEqual([]);
    count(book, 'a', 2);
    expect(book.takeChanges()).toEqual([['2026-11-24/a', 3]]);
  });

  it('restores by adding up, as often as it is given something', () => {
    const book = newBook();
    count(book, 'a');
    const kept: [string, unknown][] = [
      ['2026-11-24/a', 4],
      ['2026-11-01/b', 2],
    ];
    expect(book.restore(kept, 3)).toEqual({ restored: 2, expired: 0, refused: 0 });
    expect(book.restore(kept, 3)).toEqual({ restored: 2, expired: 0, refused: 0 });
    expect(told(book)).toEqual({ '2026-11-24/a': 9, '2026-11-01/b': 4 });
    expect(Object.fromEntries(book.takeChanges())).toEqual({ '2026-11-24/a': 9, '2026-11-01/b': 4 });
  });

  it('refuses what is damaged or of another version, and lets what is too old go', () => {
    const book = newBook();
    const entries: [string, unknown][] = [
      ['2025-01-01/a', 1],
      ['2026-11-24/', 1],
      ['2026-99-24/a', 1],
      ['nonsense', 1],
      ['2026-11-24/a', 'x'],
      ['2026-11-24/a', 1],
    ];
    expect(book.restore([...entries, null as never, [1] as never], 3)).toEqual({ restored: 1, expired: 1, refused: 6 });
    expect(book.restore(entries, 2)).toEqual({ restored: 0, expired: 0, refused: 6 });
    expect(book.restore(undefined as never, 3)).toEqual({ restored: 0, expired: 0, refused: 1 });
    expect(told(book)).toEqual({ '2026-11-24/a': 1 });
  });

  it('has room for 200 names a day; the others are one', () => {
    const book = newBook();
    for (let name = 0; name < 1000; name++) count(book, `name ${name}`);
    const all = told(book);
    expect(Object.keys(all)).toHaveLength(201);
    expect(all['2026-11-24/_OTHER']).toBe(800);
    expect(book.losses).toEqual({ names: 800, days: 0 });
  });

  it('lets the oldest days leave when what rests has more than 4 million characters, and counts them', () => {
    const book = newBook('x'.repeat(99_990));
    for (let day = 0; day < 50; day++) {
      count(book, 'a');
      vi.advanceTimersByTime(DAY);
    }
    count(book, 'a');
    const days = Object.keys(told(book));
    expect(book.losses.days).toBe(51 - days.length);
    expect(days).toHaveLength(42);
    expect(days[0]).toBe('2026-12-03/a');
  });

  it('loses nothing to a clock that is wrong for less than an hour, and believes it then', () => {
    const book = newBook();
    count(book, 'a');
    vi.setSystemTime(Date.UTC(2099, 0, 1));
    count(book, 'a');
    expect(told(book)).toEqual({ '2099-01-01/a': 1 });
    vi.setSystemTime(Date.UTC(2026, 10, 24));
    count(book, 'a');
    expect(told(book)).toEqual({ '2026-11-24/a': 2 });
    vi.setSystemTime(Date.UTC(2099, 0, 1));
    book.currentDay();
    vi.advanceTimersByTime(3_599_999);
    expect([...book.entries()]).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect([...book.entries()]).toEqual([['2099-01-01/a', 1]]);
  });

  it('takes what is no time as the first day of all', () => {
    const book = newBook();
    vi.spyOn(Date, 'now').mockReturnValue(Number.NaN);
    count(book, 'a');
    expect(told(book)).toEqual({ '1970-01-01/a': 1 });
    vi.restoreAllMocks();
  });

  it('knows, over restarts in any number, what one process would', () => {
    const step = fc.oneof(
      fc.record({ count: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ days: fc.integer({ min: 0, max: 2 }) }),
      fc.constant({ restart: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        vi.setSystemTime(Date.UTC(2026, 10, 24));
        runtimeState.usage.retentionDays = 20;
        const truth = newBook();
        const kept = new Map<string, unknown>();
        let book = newBook();
        for (const each of steps) {
          if ('count' in each) for (const one of [truth, book]) count(one, each.count);
          else if ('days' in each) vi.advanceTimersByTime(each.days * DAY);
          else {
            for (const [key, value] of book.takeChanges()) {
              if (value === undefined) kept.delete(key);
              else kept.set(key, value);
            }
            book = newBook();
            book.restore(JSON.parse(JSON.stringify([...kept])), 3);
          }
        }
        expect(told(book)).toEqual(told(truth));
      }),
    );
  });
});
