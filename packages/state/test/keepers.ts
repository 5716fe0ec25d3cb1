import { processWide } from '@otel-monitor/runtime';
import { StateKeeper } from '../src/index.js';
import type { Slot } from '../src/slots/slots.js';
import { Counts } from './counts.js';
import { freeAll } from './locks.js';

/** A process that was killed closes nothing, and its files are not closed before it either. */
const held: StateKeeper[] = [];

/**
 * Forgets what this process knows of its slots and books, as if another process went on.
 *
 * @param release whether the one before has ended
 */
export function anotherProcess({ release = true } = {}): void {
  const slots = processWide('state-slots', () => new Map<string, Slot>());
  if (release) for (const { lock } of slots.values()) lock.release();
  slots.clear();
  processWide('state-own-books', () => new Set<string>()).clear();
}

/** A keeper of counts that does nothing by itself. */
export function keeperOf(directory: string, counts: Counts | readonly Counts[] = new Counts()): StateKeeper {
  const states = counts instanceof Counts ? [counts] : counts;
  const keeper = new StateKeeper({ service: { name: 'shop', namespace: undefined }, states, directory, env: {} });
  held.push(keeper);
  return keeper;
}

/** What a process that starts now finds. */
export async function restoredIn(directory: string): Promise<Record<string, number>> {
  anotherProcess();
  freeAll(directory);
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  await keeper.open();
  await keeper.stop(5000);
  return counts.all;
}
