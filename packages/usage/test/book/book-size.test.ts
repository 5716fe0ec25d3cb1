import { ownCost, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_BYTES } from '../../src/book/book-size.js';
import { FULL_PRECISION } from '../../src/sketch/hyper-log-log.js';
import { randomCodes } from '../sketch/random-codes.js';
import { clockedBook } from './book-clock.js';

beforeEach(() => {
  runtimeState.userHashKey = 'k1';
});
afterEach(() => {
  runtimeState.userHashKey = undefined;
});

/** A year of a service that many people use: each feature has so many users a day. */
function year(features: number, usersOfDay: number, days = 365) {
  const clocked = clockedBook();
  const { book, use, onDay } = clocked;
  const next = randomCodes(features);
  book.activeUser('u1');
  const keyId = book.service.days.get(20_781)?.users.logs[0]?.keyId ?? '';
  for (let day = 0; day < days; day += 1) {
    onDay(day);
    for (let index = 0; index < features; index += 1) {
      use(`f${index}`, undefined, 'used', false, 0.5);
      const cell = book.features.find(`f${index}`)?.days.get(20_781 + day);
      for (let user = 0; user < usersOfDay; user += 1) {
        const code = next();
        cell?.users.add(keyId, code);
        book.service.day(20_781 + day).users.add(keyId, code);
      }
    }
    book.size.recount(20_781 + day);
  }
  return clocked;
}

describe('the room of a book', () => {
  it('is told to whoever asks what monitoring costs', () => {
    const { book, use } = clockedBook();
    const before = ownCost.report().memoryBytes;
    for (let index = 0; index < 100; index += 1) use(`f${index}`);
    book.size.recount(20_781);
    // the service is one more
    expect(ownCost.report().memoryBytes - before).toBe(101 * 600);
  });

  it('is enough for a year of 12 features with 100 users a day', () => {
    const { book } = year(12, 100);
    expect(book.size.bytes).toBeLessThan(MAX_BYTES);
    expect(book.dropped).toMatchObject({ coarserSketches: 0, forgottenSketches: 0, days: 0 });
  });

  it('of 10 features with 900 users a day makes the oldest sketches coarser; counts and the users of the service stay', () => {
    const { book, query, onDay } = year(10, 900, 240);
    onDay(239);
    expect(book.size.bytes).toBeLessThanOrEqual(MAX_BYTES);
    const { coarserSketches, forgottenSketches, days } = book.dropped;
    expect([coarserSketches > 0, forgottenSketches, days]).toEqual([true, 0, 0]);
    const precisions = [...(book.features.find('f3')?.days.values() ?? [])].map(
      ({ users }) => users.logs[0]?.sketch.precision ?? 0,
    );
    expect(precisions).toEqual(precisions.toSorted((one, other) => one - other));
    expect(precisions.at(-1)).toBe(FULL_PRECISION);
    expect([...book.service.days.values()].every(({ users }) => (users.logs[0]?.sketch.precision ?? 0) === 12)).toBe(
      true,
    );
    expect(query.feature('f3', { since: 0 })?.uses).toBe(240);
    const [first] = query.feature('f3', { since: 0 })?.days ?? [];
    expect(Math.abs((first?.users ?? 0) / 900 - 1)).toBeLessThan(0.25);
  }, 60_000);

  it('of 400 features with 30 users a day keeps of old days the numbers, then lets days go; what left is counted', () => {
    const { book, query, onDay } = year(400, 30, 50);
    onDay(49);
    expect(book.size.bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(book.dropped.forgottenSketches).toBeGreaterThan(0);
    const days = query.feature('f3', { since: 0 })?.days ?? [];
    expect(days.length + Math.round(book.dropped.days / 400)).toBeGreaterThanOrEqual(49);
    // a number that was kept of a sketch is the number that the sketch told
    for (const { users } of days) expect(Math.abs(users / 30 - 1)).toBeLessThan(0.25);
    expect(book.service.days.size).toBe(50);
  }, 60_000);

  it('is not filled by one day alone: 2,000 actions are told apart, and further ones counted as others', () => {
    const { book, use } = clockedBook();
    for (let index = 0; index < 60_000; index += 1) {
      use(`f${index % 500}`, index, `a${Math.floor(index / 500) % 20}`, false, 10 ** ((index % 13) - 6));
    }
    book.size.recount(20_781);
    expect(book.size.bytes).toBeLessThan(MAX_BYTES);
    expect(book.dropped).toMatchObject({ otherActions: 48_000, features: 0, coarserSketches: 0 });
    const features = [...book.cells()].filter(({ subject }) => subject.kind === 'f');
    expect(features.reduce((sum, cell) => sum + cell.total().uses, 0)).toBe(60_000);
  });
});
