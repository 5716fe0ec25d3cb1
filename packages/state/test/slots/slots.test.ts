import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asHolder, type Holder, isThere, ownHolder } from '../../src/slots/holder.js';
import { SlotLock } from '../../src/slots/slot-lock.js';
import { takeSlot } from '../../src/slots/slots.js';
import { temporaryFolder } from '../folders.js';

/** A process that has ended: no system gives out a number as high. */
const GONE = 4_194_304_0;
const own = await ownHolder();

function locked(holder: Partial<Holder> | string, secondsAgo = 0): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '0'), { mode: 0o700 });
  const path = join(folder, '0', 'lock.7');
  writeFileSync(path, typeof holder === 'string' ? holder : JSON.stringify({ ...own, ...holder }), { mode: 0o600 });
  const at = Date.now() / 1000 - secondsAgo;
  utimesSync(path, at, at);
  return folder;
}
const slotOf = async (folder: string) => (await takeSlot(folder, own)).number;

it('says who holds a slot, so that others can tell', async () => {
  const folder = temporaryFolder();
  await takeSlot(folder, own);
  expect(asHolder(readFileSync(join(folder, '0', 'lock.1'), 'utf8'))).toEqual(own);
  expect(own).toMatchObject({ pid: process.pid, thread: 0 });
  expect(await isThere(own, own)).toBe(true);
});

it('many at the same time get a slot each', async () => {
  const folder = temporaryFolder();
  const slots = await Promise.all(Array.from({ length: 40 }, () => takeSlot(folder, own)));
  expect(slots.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

it.each(Array.from({ length: 20 }, (_, run) => run))(
  'of many that see the same lock of a killed process one has the slot (run %i)',
  async () => {
    const folder = locked({ pid: GONE });
    const locks = await Promise.all(Array.from({ length: 12 }, () => SlotLock.take(join(folder, '0'), own)));
    expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1);
    expect(readdirSync(join(folder, '0'))).toEqual(['lock.8']);
  },
);

it.each<[string, Partial<Holder> | string, number, number]>([
  ['a process that is there', {}, 0, 1],
  ['a process that is there and was not heard of for long', {}, 3600, 1],
  ['a process that has ended', { pid: GONE }, 0, 0],
  ['a process whose number another one has now', { started: '1' }, 0, process.platform === 'linux' ? 0 : 1],
  ['a process of another container that was heard of a moment ago', { where: 'elsewhere', pid: GONE }, 5, 1],
  ['a process of another container that was not heard of any more', { where: 'elsewhere' }, 60, 0],
  ['a thread that was heard of a moment ago', { thread: 3 }, 5, 1],
  ['a thread that was not heard of any more', { thread: 3 }, 60, 0],
  ['a thread of a process that has ended', { thread: 3, pid: GONE }, 5, 0],
  ['one that is being written', '', 2, 1],
  ['one that was never written', '', 60, 0],
  ['one that was given up', 'free\n', 0, 0],
  ['nonsense', '{"pid":"x"}', 60, 0],
])('a lock of %s', async (_, holder, secondsAgo, slot) => {
  expect(await slotOf(locked(holder, secondsAgo))).toBe(slot);
});

it('a process that stood still while others went on finds out', async () => {
  const folder = temporaryFolder();
  const first = await takeSlot(folder, { ...own, where: 'elsewhere' });
  expect(await first.lock.isHeld()).toBe(true);
  utimesSync(join(folder, '0', 'lock.1'), 0, 0);
  const second = await takeSlot(folder, own);
  expect(second.number).toBe(0);
  expect(await first.lock.isHeld()).toBe(false);
  expect(await second.lock.isHeld()).toBe(true);
});

it('one that saw an older state of the folder does not believe to hold it', async () => {
  const folder = locked({ pid: GONE });
  // two have taken it one after the other since the late one looked, and the files below are gone
  writeFileSync(join(folder, '0', 'lock.9'), JSON.stringify(own));
  const late = await SlotLock.take(join(folder, '0'), own);
  expect(late).toBeUndefined();
});

it('the lowest slot that was given up is taken next', async () => {
  const folder = temporaryFolder();
  const slots = [await takeSlot(folder, own), await takeSlot(folder, own), await takeSlot(folder, own)];
  slots[1]?.lock.release();
  expect(await slotOf(folder)).toBe(1);
  expect(await slotOf(folder)).toBe(3);
});
