import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hexWord } from '../src/id-words.js';
import { RecentOperations } from '../src/recent-operations.js';
import { initialState, runtimeState } from '../src/state.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER = '4bf92f3577b34da6a3ce929d0e0e4737';

let recent: RecentOperations;
beforeEach(() => {
  recent = new RecentOperations();
});
afterEach(() => {
  Object.assign(runtimeState, initialState());
  vi.restoreAllMocks();
});

function ended(name: string, traceId = TRACE, errorType?: string): void {
  recent.add({ label: name, isClean: true, errorType }, 1000, 1500, hexWord(traceId, 24));
}
const names = (limit: number, traceId?: string) => recent.last(limit, traceId).map(({ name }) => name);

test('an operation is told with its duration, its failure, and when it ended', () => {
  vi.spyOn(Date, 'now').mockReturnValue(1_700_000_000_000);
  vi.spyOn(performance, 'now').mockReturnValue(2500);
  ended('rom_loading', TRACE, 'ENOENT');
  expect(recent.last(20, TRACE)).toEqual([
    {
      name: 'rom_loading',
      durationSeconds: 0.5,
      errorType: 'ENOENT',
      endedAt: 1_699_999_999_000,
      isSameTrace: true,
    },
  ]);
});

test('the latest stand at the end, and no more than are wanted', () => {
  for (const name of ['a', 'b', 'c', 'd']) ended(name);
  expect(names(3, TRACE)).toEqual(['b', 'c', 'd']);
  expect(names(0, TRACE)).toEqual([]);
  expect(names(Number.NaN, TRACE)).toEqual([]);
});

test('those of the same trace come before the others, in the order of their ends', () => {
  ended('ours 1');
  ended('theirs 1', OTHER);
  ended('ours 2');
  ended('theirs 2', OTHER);
  expect(names(3, TRACE)).toEqual(['ours 1', 'ours 2', 'theirs 2']);
  expect(names(2, TRACE)).toEqual(['ours 1', 'ours 2']);
  expect(recent.last(4, TRACE).map(({ isSameTrace }) => isSameTrace)).toEqual([true, false, true, false]);
});

test('without a trace they are simply the last, and none is of the same trace', () => {
  ended('ours');
  recent.add({ label: 'no trace', isClean: true }, 0, 1, 0);
  expect(recent.last(2, undefined).map(({ name, isSameTrace }) => [name, isSameTrace])).toEqual([
    ['ours', false],
    ['no trace', false],
  ]);
});

test('256 are there at most', () => {
  for (let index = 0; index < 1000; index += 1) ended(String(index));
  expect(names(1000, TRACE)).toEqual(Array.from({ length: 256 }, (_, index) => String(744 + index)));
});

test('a name that was not cleaned is cleaned when it is told', () => {
  runtimeState.redactor = { redactText: (text) => text.replace('hunter2', '[redacted]'), redactValue: (_key, v) => v };
  recent.add({ label: 'login hunter2', isClean: false }, 0, 1, 0);
  expect(names(1)).toEqual(['login [redacted]']);
});

test('a clock that ran backwards gives no negative duration', () => {
  recent.add({ label: 'a', isClean: true }, 10, 5, 0);
  expect(recent.last(1, undefined)[0]?.durationSeconds).toBe(0);
});

test('whatever was added: the same trace is told before any other, and the order is that of the ends', () => {
  const added = fc.array(fc.boolean(), { maxLength: 400 });
  fc.assert(
    fc.property(added, fc.integer({ min: 0, max: 300 }), (areOurs, limit) => {
      recent = new RecentOperations();
      for (const [index, isOurs] of areOurs.entries()) ended(String(index), isOurs ? TRACE : OTHER);
      const kept = [...areOurs.entries()].slice(-256);
      const ours = kept.filter(([, isOurs]) => isOurs).slice(-limit);
      const room = limit - ours.length;
      const others = room === 0 ? [] : kept.filter(([, isOurs]) => !isOurs).slice(-room);
      const expected = limit === 0 ? [] : [...ours, ...others].sort(([one], [other]) => one - other);
      expect(names(limit, TRACE)).toEqual(expected.map(([index]) => String(index)));
    }),
  );
});
