import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, it } from 'vitest';
import { subscribeLast } from '../src/client/last-subscriber.js';

it('is told after those that subscribe later, once, and after its end not at all', () => {
  const told: string[] = [];
  const early = () => told.push('early');
  const late = () => told.push('late');
  subscribe('last-subscriber', early);
  const undo = subscribeLast('last-subscriber', () => told.push('ours'));
  subscribe('last-subscriber', late);
  channel('last-subscriber').subscribe(() => told.push('later still'));
  channel('last-subscriber').publish({});
  expect(told.splice(0)).toEqual(['early', 'late', 'later still', 'ours']);
  unsubscribe('last-subscriber', early);
  unsubscribe('last-subscriber', late);
  channel('last-subscriber').publish({});
  expect(told.splice(0)).toEqual(['later still', 'ours']);
  undo();
  channel('last-subscriber').publish({});
  expect(told).toEqual(['later still']);
  expect(Object.hasOwn(channel('last-subscriber'), 'subscribe')).toBe(false);
});

it('two of them end, whichever goes first', () => {
  const told: string[] = [];
  const first = subscribeLast('two-last', () => told.push('first'));
  const second = subscribeLast('two-last', () => told.push('second'));
  channel('two-last').publish({});
  expect(told.splice(0).sort()).toEqual(['first', 'second']);
  first();
  channel('two-last').publish({});
  expect(told.splice(0)).toEqual(['second']);
  second();
  expect(channel('two-last').hasSubscribers).toBe(false);
});
